#include "pc_pki.h"

const ASN1_STRING *pc_general_name_string(const GENERAL_NAME *name) {
    switch (name->type) {
    case GEN_URI: return name->d.uniformResourceIdentifier;
    case GEN_DNS: return name->d.dNSName;
    case GEN_EMAIL: return name->d.rfc822Name;
    case GEN_IPADD: return name->d.iPAddress;
    default: return NULL;
    }
}

int pc_general_names_append(GENERAL_NAMES *names, int type, const unsigned char *bytes, int count) {
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_STRING *string = ASN1_STRING_type_new(type == GEN_IPADD ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING);
    if (name != NULL && string != NULL && ASN1_STRING_set(string, bytes, count) == 1) {
        GENERAL_NAME_set0_value(name, type, string);
        string = NULL;
        if (sk_GENERAL_NAME_push(names, name) > 0) return 1;
    }
    ASN1_STRING_free(string);
    GENERAL_NAME_free(name);
    return 0;
}

int pc_certificate_add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    if (extension == NULL) return 0;
    int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}
