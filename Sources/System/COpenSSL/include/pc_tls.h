// TLS: contexts, connections and sessions.
#ifndef PC_TLS_H
#define PC_TLS_H
#include <openssl/err.h>
#include <openssl/ssl.h>
#endif
