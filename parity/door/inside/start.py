"""Becoming the program that waits behind the door.

Floor: Python 3.8, standard library only.
"""

import os
import signal
import sys


def become(argv):
    """Replace this process by a command. Returns why that cannot be done, and only then."""
    # Python ignores these, and what is ignored stays so in the program that follows.
    numbers = [getattr(signal, name) for name in ("SIGPIPE", "SIGXFSZ") if hasattr(signal, name)]
    before = [signal.signal(number, signal.SIG_DFL) for number in numbers]
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    try:
        os.execvp(argv[0], argv)
    except (OSError, ValueError) as error:
        for number, handler in zip(numbers, before):
            signal.signal(number, handler)
        return os.strerror(getattr(error, "errno", None) or 22).lower()
