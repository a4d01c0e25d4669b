// Keys, certificates, PEM and DER.
#ifndef PC_PKI_H
#define PC_PKI_H
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Macros, variadics and typed stacks that Swift cannot see.
static inline EVP_PKEY *pc_ec_generate(const char *curve) { return EVP_EC_gen(curve); }
static inline EVP_PKEY *pc_rsa_generate(size_t bits) { return EVP_RSA_gen(bits); }
// Public keys from their numbers, big-endian; NULL where OpenSSL does not take them. A point is 0x04, x and y.
EVP_PKEY *pc_rsa_public(const unsigned char *modulus, int modulus_count, const unsigned char *exponent,
                        int exponent_count);
EVP_PKEY *pc_ec_public(const char *curve, const unsigned char *point, size_t count);
static inline long pc_bio_memory(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }
// One line in RFC 2253 form, with UTF-8 left as it is.
static inline int pc_name_print(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
}

static inline GENERAL_NAMES *pc_general_names_new(void) { return sk_GENERAL_NAME_new_null(); }
static inline void pc_general_names_free(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }
static inline int pc_general_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline GENERAL_NAME *pc_general_names_at(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}
static inline int pc_general_names_push(GENERAL_NAMES *names, GENERAL_NAME *name) {
    return sk_GENERAL_NAME_push(names, name);
}
// The string in a name of type GEN_URI, GEN_DNS, GEN_EMAIL or GEN_IPADD; NULL for the others.
const ASN1_STRING *pc_general_name_string(const GENERAL_NAME *name);
// Appends a name of one of those types with a copy of `bytes`. Returns 1, or 0 without leaving anything behind.
int pc_general_names_append(GENERAL_NAMES *names, int type, const unsigned char *bytes, int count);
// Adds an extension whose value is written in OpenSSL's own notation. Only for constants: the notation can be injected.
int pc_certificate_add_extension(X509 *certificate, X509 *issuer, int nid, const char *value);
#endif
