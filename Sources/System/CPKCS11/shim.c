#include "pc_pkcs11.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#define COUNT(list) (sizeof list / sizeof *list)
#define CALL(name, ...) (module->name != NULL ? module->name(__VA_ARGS__) : CKR_FUNCTION_NOT_SUPPORTED)

// The standard's parameters are not const where the module only reads.
#define READ_ONLY(pointer) ((void *)(uintptr_t)(pointer))

pc_p11 *pc_p11_load(const char *path, char *message, size_t capacity) {
    // Never unloaded: a module may have threads and exit handlers of its own.
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == NULL) {
        const char *reason = dlerror();
        snprintf(message, capacity, "%s", reason != NULL ? reason : "it cannot be loaded");
        return NULL;
    }
    CK_C_GetFunctionList list = NULL;
    // A function pointer out of an object pointer, as dlsym(3) says.
    *(void **)&list = dlsym(library, "C_GetFunctionList");
    CK_FUNCTION_LIST *module = NULL;
    if (list == NULL || list(&module) != CKR_OK || module == NULL) {
        snprintf(message, capacity, "it has no C_GetFunctionList, which each PKCS #11 module has");
        return NULL;
    }
    return module;
}

CK_RV pc_p11_initialize(pc_p11 *module) {
    // No threads of the module's own: one from before the sandbox would not be in it.
    CK_C_INITIALIZE_ARGS arguments = {.flags = CKF_OS_LOCKING_OK | CKF_LIBRARY_CANT_CREATE_OS_THREADS};
    CK_RV code = CALL(C_Initialize, &arguments);
    return code == CKR_CRYPTOKI_ALREADY_INITIALIZED ? CKR_OK : code;
}

CK_RV pc_p11_slots(pc_p11 *module, CK_SLOT_ID *slots, CK_ULONG *count) {
    return CALL(C_GetSlotList, CK_TRUE, slots, count);
}

CK_RV pc_p11_token_info(pc_p11 *module, CK_SLOT_ID slot, pc_p11_token *token, CK_FLAGS *flags) {
    CK_TOKEN_INFO info = {0};
    CK_RV code = CALL(C_GetTokenInfo, slot, &info);
    memcpy(token->label, info.label, sizeof token->label);
    memcpy(token->manufacturer, info.manufacturerID, sizeof token->manufacturer);
    memcpy(token->model, info.model, sizeof token->model);
    memcpy(token->serial, info.serialNumber, sizeof token->serial);
    *flags = info.flags;
    return code;
}

CK_RV pc_p11_open(pc_p11 *module, CK_SLOT_ID slot, int may_write, CK_SESSION_HANDLE *session) {
    return CALL(C_OpenSession, slot, CKF_SERIAL_SESSION | (may_write ? CKF_RW_SESSION : 0), NULL, NULL, session);
}

CK_RV pc_p11_close(pc_p11 *module, CK_SESSION_HANDLE session) { return CALL(C_CloseSession, session); }

CK_RV pc_p11_login(pc_p11 *module, CK_SESSION_HANDLE session, const uint8_t *pin, size_t count) {
    CK_RV code = CALL(C_Login, session, CKU_USER, READ_ONLY(pin), count);
    // Another session of this process is logged in, and then all are (§5.6).
    return code == CKR_USER_ALREADY_LOGGED_IN ? CKR_OK : code;
}

CK_RV pc_p11_logout(pc_p11 *module, CK_SESSION_HANDLE session) { return CALL(C_Logout, session); }

CK_RV pc_p11_find(
    pc_p11 *module, CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, pc_p11_name name, CK_OBJECT_HANDLE *found,
    CK_ULONG *count) {
    CK_ATTRIBUTE template[3] = {{CKA_CLASS, &class, sizeof class}};
    CK_ULONG attributes = 1;
    if (name.label_count > 0)
        template[attributes++] = (CK_ATTRIBUTE){CKA_LABEL, READ_ONLY(name.label), name.label_count};
    if (name.id_count > 0) template[attributes++] = (CK_ATTRIBUTE){CKA_ID, READ_ONLY(name.id), name.id_count};
    CK_RV code = CALL(C_FindObjectsInit, session, template, attributes);
    if (code != CKR_OK) return code;
    code = CALL(C_FindObjects, session, found, *count, count);
    CK_RV ended = CALL(C_FindObjectsFinal, session);
    return code != CKR_OK ? code : ended;
}

CK_RV pc_p11_attribute(
    pc_p11 *module, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, void *bytes,
    CK_ULONG *count) {
    CK_ATTRIBUTE attribute = {type, bytes, *count};
    CK_RV code = CALL(C_GetAttributeValue, session, object, &attribute, 1);
    *count = attribute.ulValueLen == CK_UNAVAILABLE_INFORMATION ? 0 : attribute.ulValueLen;
    return code;
}

CK_RV pc_p11_sign(
    pc_p11 *module, CK_SESSION_HANDLE session, CK_MECHANISM_TYPE mechanism, CK_OBJECT_HANDLE key, const uint8_t *data,
    size_t data_count, uint8_t *signature, CK_ULONG *signature_count) {
    CK_MECHANISM parameters = {mechanism, NULL, 0};
    CK_RV code = CALL(C_SignInit, session, &parameters, key);
    if (code != CKR_OK) return code;
    return CALL(C_Sign, session, READ_ONLY(data), data_count, signature, signature_count);
}

CK_RV pc_p11_generate(
    pc_p11 *module, CK_SESSION_HANDLE session, CK_ULONG rsa_bits, pc_p11_name name, CK_OBJECT_HANDLE *public_key,
    CK_OBJECT_HANDLE *private_key) {
    CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
    // The object identifier of P-256, id-prime256v1 (RFC 5480 §2.1.1.1), in DER.
    uint8_t curve[] = {0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
    uint8_t exponent[] = {0x01, 0x00, 0x01};
    CK_MECHANISM mechanism = {rsa_bits > 0 ? CKM_RSA_PKCS_KEY_PAIR_GEN : CKM_EC_KEY_PAIR_GEN, NULL, 0};
    CK_ATTRIBUTE public_half[] = {
        {CKA_TOKEN, &yes, sizeof yes},
        {CKA_PRIVATE, &no, sizeof no},
        {CKA_VERIFY, &yes, sizeof yes},
        {CKA_LABEL, READ_ONLY(name.label), name.label_count},
        {CKA_ID, READ_ONLY(name.id), name.id_count},
        {CKA_EC_PARAMS, curve, sizeof curve},
        {CKA_PUBLIC_EXPONENT, exponent, sizeof exponent},
    };
    CK_ULONG public_count = COUNT(public_half) - 1;
    if (rsa_bits > 0) {
        public_half[COUNT(public_half) - 2] = (CK_ATTRIBUTE){CKA_MODULUS_BITS, &rsa_bits, sizeof rsa_bits};
        public_count++;
    }
    CK_ATTRIBUTE private_half[] = {
        {CKA_TOKEN, &yes, sizeof yes},
        {CKA_PRIVATE, &yes, sizeof yes},
        {CKA_SENSITIVE, &yes, sizeof yes},
        {CKA_EXTRACTABLE, &no, sizeof no},
        {CKA_SIGN, &yes, sizeof yes},
        {CKA_LABEL, READ_ONLY(name.label), name.label_count},
        {CKA_ID, READ_ONLY(name.id), name.id_count},
    };
    return CALL(
        C_GenerateKeyPair, session, &mechanism, public_half, public_count, private_half, COUNT(private_half), public_key,
        private_key);
}

CK_RV pc_p11_destroy(pc_p11 *module, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object) {
    return CALL(C_DestroyObject, session, object);
}
