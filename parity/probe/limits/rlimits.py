"""The resource limits of a process, as the kernel tells them to everybody.

Format: proc_pid_limits(5), whose columns are padded to a fixed width; names as getrlimit(2) has them.

Floor: Python 3.8, standard library only.
"""

import re

UNLIMITED = "unlimited"

NAMES = {
    "Max open files": "nofile",
    "Max processes": "processes",
    "Max stack size": "stack",
    "Max core file size": "core",
    "Max data size": "data",
    "Max address space": "address_space",
    "Max locked memory": "memlock",
    "Max file size": "file_size",
}
"""{name in the file: key}. Sizes are in bytes, the others count."""

_ROW = re.compile(r"(Max [a-z -]+?)\s{2,}([0-9]+|unlimited)\s+([0-9]+|unlimited)(?:\s|\Z)")


def parse(text):
    """{key: (soft, hard)}, each a number or "unlimited"."""
    found = {}
    for line in text.splitlines():
        row = _ROW.match(line)
        if row and row.group(1) in NAMES:
            found[NAMES[row.group(1)]] = (_number(row.group(2)), _number(row.group(3)))
    return found


def _number(word):
    return UNLIMITED if word == UNLIMITED else int(word)
