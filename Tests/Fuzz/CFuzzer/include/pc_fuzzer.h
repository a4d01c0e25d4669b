#ifndef PC_FUZZER_H
#define PC_FUZZER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's driver (llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library): calls `callback` with one input after
/// the other until the time or the arguments end it. Linked in by `-sanitize=fuzzer`.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif
