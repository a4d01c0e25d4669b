// Digests, MACs and randomness.
#ifndef PC_DIGEST_H
#define PC_DIGEST_H
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stddef.h>
#endif
