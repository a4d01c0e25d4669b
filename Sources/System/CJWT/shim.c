#include "pc_jwt.h"
