"""How fast a log verifies beside what the processor's SHA-256 gives: verify.py VERIFIER DIR ROUNDS. VERIFIER is portcullis-verify."""
import os, re, statistics, subprocess, sys, time

verifier, directory, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
size = sum(entry.stat().st_size for entry in os.scandir(directory) if entry.name.startswith("seg-"))


def hashing():
    """MB/s of one core, of pieces of 1 KiB."""
    command = ["taskset", "-c", "0", "openssl", "speed", "-seconds", "1", "-bytes", "1024", "sha256"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(re.findall(r"([\d.]+)k$", said, re.M)[-1]) / 1000


def verify(cores):
    """MB/s, and the most memory in MB."""
    start = time.perf_counter()
    pid = os.posix_spawnp("taskset", ["taskset", "-c", cores, verifier, directory, "--unpinned"], os.environ,
                          file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                                        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"verify: {directory} does not verify")
    return size / (time.perf_counter() - start) / 1e6, usage.ru_maxrss / 1024


verify("0,1")  # brings the files into memory
found = []
for _ in range(rounds):
    found.append((hashing(), *verify("0"), *verify("0,1")))
hashed, one, one_memory, two, two_memory = (statistics.median(column) for column in zip(*found))
print(f"work=verify log={size / 1e6:.0f}MB sha256={hashed:.0f}MB/s one_core={one:.0f}MB/s two_cores={two:.0f}MB/s"
      f" x_sha256={statistics.median(run[1] / run[0] for run in found):.2f} (wanted >= 0.50)"
      f" x_one_core={statistics.median(run[3] / run[1] for run in found):.2f} (wanted >= 1.80)"
      f" rss={max(one_memory, two_memory):.0f}MB (wanted < 64) runs={rounds}")
