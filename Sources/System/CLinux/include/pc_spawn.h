// Other programs: start one with its output in a pipe, and learn how it ended.
#ifndef PC_SPAWN_H
#define PC_SPAWN_H
#include <stddef.h>
#include <sys/types.h>

// Starts words[0] with the words, an empty input, no environment but PATH, and its output in a pipe whose other end is stored
// in *output. Returns the process, or -1.
pid_t pc_spawn(char *const words[], int *output);
// Starts words[0] with the words and `input` as standard input, which it shares with us; standard error goes nowhere. Its
// output is in a pipe whose other end is stored in *output, or goes to `input` too where `output` is NULL. No environment but
// PATH and what keeps Swift's crash reporter away; no descriptor but these, where ours are close-on-exec. -1 on errors.
pid_t pc_spawn_fed(char *const words[], int input, int *output);
// A file without a name that holds the bytes, to be read from its beginning; -1 on errors.
int pc_memory_file(const void *bytes, size_t size);
// A pair of connected sockets; -1 on errors.
int pc_stream_pair(int ends[2]);
// 1 with its status (wait(2)) where the process has ended, 0 where it has not, -1 on errors. Waits where `waits` is not 0.
int pc_reap(pid_t process, int waits, int *status);

// Bounds of the calling process, for good: bytes of its address space, seconds of processor time, bytes of a file it writes,
// and core files, of which there are none. 0 or -errno.
int pc_limit_self(unsigned long long address_bytes, unsigned cpu_seconds, unsigned long long file_bytes);
// Ends the process by a signal after so many seconds, whatever it does.
void pc_end_self_after(unsigned seconds);
#endif
