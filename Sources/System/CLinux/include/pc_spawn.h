// Other programs: start one with its output in a pipe, and learn how it ended.
#ifndef PC_SPAWN_H
#define PC_SPAWN_H
#include <sys/types.h>

// Starts words[0] with the words, an empty input, no environment but PATH, and its output in a pipe whose other end is stored
// in *output. Returns the process, or -1.
pid_t pc_spawn(char *const words[], int *output);
// 1 with its status (wait(2)) where the process has ended, 0 where it has not, -1 on errors. Waits where `waits` is not 0.
int pc_reap(pid_t process, int waits, int *status);
#endif
