"""Becoming a command: as one that was never behind a Python."""

from __future__ import annotations

import signal
import subprocess
import sys

from parity.door.inside import start

BECOME = "import sys; from parity.door.inside.start import become; sys.exit(become(sys.argv[1:]))"


def test_the_command_meets_signals_as_a_shell_leaves_them() -> None:
    # A Python would set them for itself: what a shell inherited is what the kernel tells of it.
    command = ["sh", "-c", "grep SigIgn /proc/self/status"]
    done = subprocess.run([sys.executable, "-c", BECOME, *command], capture_output=True, text=True, check=True)
    ignored = int(done.stdout.split()[1], 16)
    assert not ignored & (1 << (signal.SIGPIPE - 1))
    assert not ignored & (1 << (signal.SIGXFSZ - 1))


def test_what_is_no_command_says_why() -> None:
    assert start.become(["/nonexistent/program"]) == "no such file or directory"
    assert start.become(["nul\0"]) == "invalid argument"
    # And it goes on as before: this Python does not end at a pipe that is closed.
    assert signal.getsignal(signal.SIGPIPE) is signal.SIG_IGN
