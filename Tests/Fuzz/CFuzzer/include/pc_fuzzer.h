// libFuzzer's entry for programs with a main of their own (llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library").
#ifndef PC_FUZZER_H
#define PC_FUZZER_H
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *bytes, size_t count));
#endif
