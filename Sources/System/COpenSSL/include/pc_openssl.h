// OpenSSL 3 for Swift: the headers, and `pc_…` functions for the macros that Swift cannot import. No logic here.
#ifndef PC_OPENSSL_H
#define PC_OPENSSL_H
#include "pc_digest.h"
#include "pc_pki.h"
#include "pc_tls.h"
#endif
