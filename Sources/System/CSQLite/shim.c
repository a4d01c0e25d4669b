#include "pc_sqlite.h"
