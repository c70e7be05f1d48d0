"""A Linux of its own on this machine's files: a kernel in user mode, whose control groups are of version 2 alone.

Debian's user-mode-linux. A `Guest` is a command that boots it with a Python as the only program, in a control group
that is made for it, hands over standard input, and ends with what that Python has said. Once it has, another program is
run in the same group.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.services import program

MIB = 1 << 20

_SWAP = 64 * MIB

_BOOT = """#!/bin/sh
set -e
cd {directory}
cat > question
{kernel} mem=160M rootfstype=hostfs rootflags=/ ro init={directory}/init cgroup_no_v1=all \\
    uml_dir={directory} umid=guest con=null con0=null ubd0={directory}/swap </dev/null >console 2>&1
cat answer
"""

_INIT = """#!/bin/sh
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t hostfs -o {directory} here /mnt
cd /mnt
exec 2>errors
mount -t cgroup2 groups /sys/fs/cgroup
{swapon} /dev/ubda
group=/sys/fs/cgroup
for name in shop web; do
    echo "+memory +pids +cpu" > $group/cgroup.subtree_control
    group=$group/$name
    mkdir $group
done
{limits}
(
    echo 0 > /sys/fs/cgroup/shop/web/cgroup.procs
    {python} -I -S -B - < question > answer
    {python} -I -S then
    echo $? > code
)
exec {python} -c "import ctypes; ctypes.CDLL(None).reboot(0x4321FEDC)"
"""

GROUPS = "/sys/fs/cgroup/"


class Guest(NamedTuple):
    """Where its files are; made by `guest`."""

    directory: Path

    @property
    def command(self) -> str:
        """One word for a shell: Python reads its standard input."""
        return shlex.quote(str(self.directory / "boot"))

    def code(self) -> int:
        """The exit status of the other program, with 128 and the signal for one that was killed."""
        return int((self.directory / "code").read_text())


def guest(directory: Path, limits: dict[str, str], then: str) -> Guest:
    """A guest whose control groups hold these: {"shop/memory.max": "48M"}; web, below shop, is the program's own."""
    lines = "\n".join(f"echo {shlex.quote(value)} > {GROUPS}{name}" for name, value in limits.items())
    kernel, python = program("linux.uml"), sys.executable
    for name, text in (
        ("boot", _BOOT.format(directory=directory, kernel=kernel)),
        ("init", _INIT.format(directory=directory, limits=lines, python=python, swapon=program("swapon"))),
    ):
        (directory / name).write_text(text)
        (directory / name).chmod(0o755)
    (directory / "then").write_text(then)
    with (directory / "swap").open("wb") as file:
        file.truncate(_SWAP)
    (directory / "swap").chmod(0o600)
    subprocess.run([program("mkswap"), directory / "swap"], capture_output=True, check=True)
    return Guest(directory)
