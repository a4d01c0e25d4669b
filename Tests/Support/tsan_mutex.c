// Tells the thread sanitizer about the slow path of Swift's Mutex. Uncontended, Mutex.withLock is an atomic exchange that is
// inlined into instrumented code, which the sanitizer sees. Contended, the kernel hands the lock over (FUTEX_LOCK_PI) inside
// libswiftSynchronization, which is not instrumented, and every use of the protected value looks like a race. Preloaded into
// a program under the sanitizer, these run in place of the library's two functions, call them, and add what they mean: what
// happened before an unlock happened before the lock that follows it. Nothing is suppressed: code outside the lock is as racy
// as before.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

// Both absent in a child that is not built with the sanitizer.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

#define SELF __attribute__((swift_context)) void *self
typedef __attribute__((swiftcall)) void (*lock_slow)(uint32_t thread, SELF);
typedef __attribute__((swiftcall)) void (*unlock_slow)(SELF);

static void *next(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

// Synchronization._MutexHandle._lockSlow(_: UInt32)
__attribute__((swiftcall)) void pc_lock(uint32_t thread, SELF) __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
__attribute__((swiftcall)) void pc_lock(uint32_t thread, SELF) {
    ((lock_slow)next("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"))(thread, self);
    if (__tsan_acquire) __tsan_acquire(self);
}

// Synchronization._MutexHandle._unlockSlow()
__attribute__((swiftcall)) void pc_unlock(SELF) __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
__attribute__((swiftcall)) void pc_unlock(SELF) {
    if (__tsan_release) __tsan_release(self);
    ((unlock_slow)next("$s15Synchronization12_MutexHandleV11_unlockSlowyyF"))(self);
}
