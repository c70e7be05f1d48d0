"""The least work for the facts of a snapshot: read the files that hold them, and do nothing else.

Run as `python -I -S reading.py SITE_PACKAGES`. It opens what any tool must open for the same facts: each
distribution's metadata and list of files, the head of each extension module, and Debian's package database.
"""

from __future__ import annotations

import os
import sys


def read(path: str, size: int = 1 << 30) -> bytes:
    """The first bytes of a file; none of one that cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        return os.read(descriptor, size)
    finally:
        os.close(descriptor)


def main(site: str) -> None:
    """Read, and print how many bytes that were."""
    total = 0
    modules: list[str] = []
    for entry in os.scandir(site):
        if entry.name.endswith(".dist-info"):
            directory = entry.path
            total += len(read(directory + "/METADATA")) + len(read(directory + "/INSTALLER"))
            total += len(read(directory + "/direct_url.json"))
            record = read(directory + "/RECORD")
            total += len(record)
            modules += [os.fsdecode(line.partition(b".so,")[0]) for line in record.splitlines() if b".so," in line]
    total += sum(len(read(f"{site}/{module}.so", 4096)) for module in modules)
    total += len(read("/var/lib/dpkg/status"))
    print(total)


main(sys.argv[1])
