"""How long the disk takes to make a record durable: sync.py DIR. Appends of 1.3 kB, a 64 MB segment's space reserved as the
log reserves it. Run it on the core that is measured: where a disk's interrupts go makes a difference."""
import ctypes, os, sys, time

KEEP_SIZE = 1

path = os.path.join(sys.argv[1], "sync.tmp")
descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
try:
    if ctypes.CDLL(None).fallocate(descriptor, KEEP_SIZE, ctypes.c_long(0), ctypes.c_long(64 << 20)) != 0:
        sys.exit("sync: no space can be reserved here")
    os.fsync(descriptor)
    data, took, end = os.urandom(1300), [], time.perf_counter() + 1
    while (begin := time.perf_counter()) < end:
        os.write(descriptor, data)
        os.fdatasync(descriptor)
        took.append(time.perf_counter() - begin)
finally:
    os.close(descriptor)
    os.unlink(path)
took.sort()
print(f"peer=disk work=sync rps={len(took) / sum(took):.0f} p50_us={took[len(took) // 2] * 1e6:.0f}"
      f" p99_us={took[int(len(took) * 0.99)] * 1e6:.0f} cpu_us_op=0 rss_mb=0 errors=0")
