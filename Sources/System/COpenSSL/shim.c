#include "pc_openssl.h"
