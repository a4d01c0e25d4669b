// Linux system calls for Swift, by subject. No logic here.
#ifndef PC_LINUX_H
#define PC_LINUX_H
#include "pc_file.h"
#include "pc_keyfile.h"
#include "pc_thread.h"
#include "pc_client.h"
#include "pc_net.h"
#include "pc_notify.h"
#include "pc_process.h"
#include "pc_spawn.h"
#include "pc_stream.h"
#endif
