"""What callgrind's profiles say: instructions, and calls of the C library's allocators."""
import re

ALLOCATORS = re.compile(r"^(malloc|calloc|realloc|posix_memalign|aligned_alloc|memalign)$")


def instructions(profile):
    return int(re.search(r"^(?:summary|totals): (\d+)", profile, re.M).group(1))


def allocations(profile):
    """Calls of the C library's allocators, by whomever."""
    names, total, callee = {}, 0, None
    for line in profile.splitlines():
        if (match := re.match(r"c?fn=\((\d+)\)(?: (.*))?", line)):
            if match.group(2):
                names[match.group(1)] = match.group(2)
            if line.startswith("cfn"):
                callee = match.group(1)
        elif line.startswith("calls=") and ALLOCATORS.match(names.get(callee, "")):
            total += int(line[6:].split()[0])
    return total
