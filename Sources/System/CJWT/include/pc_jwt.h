// libjwt 1.10: JWS encode and verify.
#ifndef PC_JWT_H
#define PC_JWT_H
#include <errno.h>
#include <jwt.h>
#include <stdlib.h>
#endif
