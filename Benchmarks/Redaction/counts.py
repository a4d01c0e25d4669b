"""Counts what one message without findings costs, in instructions and allocations, by valgrind's callgrind.

    counts.py DRIVER    exit code 1 where it allocates

Two runs of the driver differ in the number of messages alone, so that what starting costs falls out.
"""
import os, shutil, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from callgrind import allocations, instructions

FEW, MANY = 1_000, 11_000


def profile(driver, times, folder):
    out = f"{folder}/out.{times}"
    subprocess.run(["valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + out, driver, "clean", str(times)],
                   check=True, capture_output=True)
    return open(out).read()


def main():
    with tempfile.TemporaryDirectory(prefix="portcullis-redaction-") as folder:
        # callgrind 3.19 cannot read the debug information of the release build.
        stripped = folder + "/redaction-driver"
        shutil.copy(os.path.abspath(sys.argv[1]), stripped)
        subprocess.run(["strip", "-g", stripped], check=True)
        few, many = profile(stripped, FEW, folder), profile(stripped, MANY, folder)
    messages = MANY - FEW
    allocated = (allocations(many) - allocations(few)) / messages
    print(f"work=clean instructions={(instructions(many) - instructions(few)) // messages} allocations={allocated}")
    if allocations(few) == 0:
        sys.exit("counts: no allocation of the start was seen either, so that none would be")
    if allocated > 0:
        sys.exit("counts: a message without findings allocates")


main()
