// A PKCS #11 module that is SoftHSM2 with a signature that takes SLOW_TOKEN_MS, and until there is no file
// SLOW_TOKEN_HANG; its token has the flags SLOW_TOKEN_FLAGS besides its own.
#include <dlfcn.h>
#include <p11-kit-1/p11-kit/pkcs11.h>
#include <stdlib.h>
#include <unistd.h>

static CK_FUNCTION_LIST *soft, slow;
static useconds_t pause_us;
static CK_FLAGS flags;
static const char *hang;

static unsigned long setting(const char *name) {
    const char *text = getenv(name);
    return text != NULL ? strtoul(text, NULL, 0) : 0;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG count, CK_BYTE_PTR out, CK_ULONG *out_count) {
    usleep(pause_us);
    while (hang != NULL && access(hang, F_OK) == 0) usleep(10000);
    return soft->C_Sign(session, data, count, out, out_count);
}

static CK_RV token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info) {
    CK_RV code = soft->C_GetTokenInfo(slot, info);
    info->flags |= flags;
    return code;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list) {
    void *library = dlopen("/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW);
    CK_C_GetFunctionList get = NULL;
    if (library != NULL) *(void **)&get = dlsym(library, "C_GetFunctionList");
    if (get == NULL || get(&soft) != CKR_OK) return CKR_GENERAL_ERROR;
    pause_us = (useconds_t)setting("SLOW_TOKEN_MS") * 1000;
    flags = setting("SLOW_TOKEN_FLAGS");
    hang = getenv("SLOW_TOKEN_HANG");
    slow = *soft;
    slow.C_Sign = sign;
    slow.C_GetTokenInfo = token_info;
    *list = &slow;
    return CKR_OK;
}
