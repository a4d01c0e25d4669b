#include "pc_fuzzer.h"
