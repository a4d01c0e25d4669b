// PKCS #11 (Cryptoki) 2.40: a module's functions by name, and the templates of the objects that are looked for and made.
#ifndef PC_PKCS11_H
#define PC_PKCS11_H

#include <p11-kit-1/p11-kit/pkcs11.h>
#include <stddef.h>
#include <stdint.h>

typedef const CK_FUNCTION_LIST pc_p11;

// Label, manufacturer, model and serial number of a token, padded with blanks (§3.2).
typedef struct {
    uint8_t label[32], manufacturer[32], model[16], serial[16];
} pc_p11_token;

// Label and CKA_ID of an object; one without bytes stands for any.
typedef struct {
    const uint8_t *label;
    size_t label_count;
    const uint8_t *id;
    size_t id_count;
} pc_p11_name;

// Loads a module for good. Returns NULL where it cannot: `message` then says why, cut to its capacity.
pc_p11 *pc_p11_load(const char *path, char *message, size_t capacity);

// Each returns a CK_RV; CKR_FUNCTION_NOT_SUPPORTED where the module has no such function.
CK_RV pc_p11_initialize(pc_p11 *module);
// `count`: in, the room in `slots`; out, the slots with a token in them.
CK_RV pc_p11_slots(pc_p11 *module, CK_SLOT_ID *slots, CK_ULONG *count);
CK_RV pc_p11_token_info(pc_p11 *module, CK_SLOT_ID slot, pc_p11_token *token, CK_FLAGS *flags);
CK_RV pc_p11_open(pc_p11 *module, CK_SLOT_ID slot, int may_write, CK_SESSION_HANDLE *session);
CK_RV pc_p11_close(pc_p11 *module, CK_SESSION_HANDLE session);
CK_RV pc_p11_login(pc_p11 *module, CK_SESSION_HANDLE session, const uint8_t *pin, size_t count);
CK_RV pc_p11_logout(pc_p11 *module, CK_SESSION_HANDLE session);
// `count`: in, the room in `found`; out, how many were found, which may be as many as there is room for.
CK_RV pc_p11_find(
    pc_p11 *module, CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, pc_p11_name name, CK_OBJECT_HANDLE *found,
    CK_ULONG *count);
// `count`: in, the room at `bytes`; out, the attribute's length.
CK_RV pc_p11_attribute(
    pc_p11 *module, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, void *bytes,
    CK_ULONG *count);
CK_RV pc_p11_sign(
    pc_p11 *module, CK_SESSION_HANDLE session, CK_MECHANISM_TYPE mechanism, CK_OBJECT_HANDLE key, const uint8_t *data,
    size_t data_count, uint8_t *signature, CK_ULONG *signature_count);
// A key pair on the token whose private half signs and never leaves it: P-256 where `rsa_bits` is 0.
CK_RV pc_p11_generate(
    pc_p11 *module, CK_SESSION_HANDLE session, CK_ULONG rsa_bits, pc_p11_name name, CK_OBJECT_HANDLE *public_key,
    CK_OBJECT_HANDLE *private_key);
CK_RV pc_p11_destroy(pc_p11 *module, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object);

#endif
