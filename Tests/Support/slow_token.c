// A PKCS #11 module that is SoftHSM2 with a signature that takes SLOW_TOKEN_MS.
#include <dlfcn.h>
#include <p11-kit-1/p11-kit/pkcs11.h>
#include <stdlib.h>
#include <unistd.h>

static CK_FUNCTION_LIST *soft, slow;
static useconds_t pause_us;

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG count, CK_BYTE_PTR out, CK_ULONG *out_count) {
    usleep(pause_us);
    return soft->C_Sign(session, data, count, out, out_count);
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list) {
    const char *pause = getenv("SLOW_TOKEN_MS");
    void *library = dlopen("/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW);
    CK_C_GetFunctionList get = NULL;
    if (library != NULL) *(void **)&get = dlsym(library, "C_GetFunctionList");
    if (get == NULL || get(&soft) != CKR_OK) return CKR_GENERAL_ERROR;
    pause_us = pause != NULL ? (useconds_t)atoi(pause) * 1000 : 0;
    slow = *soft;
    slow.C_Sign = sign;
    *list = &slow;
    return CKR_OK;
}
