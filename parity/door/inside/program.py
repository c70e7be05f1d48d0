"""The script's own program: its arguments, its checks in order, a line for each failure, an exit status.

0 all holds, 1 something does not, 2 the arguments, or the command behind them, cannot be right

Floor: Python 3.8, standard library only.
"""

import os
import sys

from parity.door.inside.start import become

USAGE = "usage: [-v] [-- COMMAND ARGUMENTS...]"
_LONGEST = 400


def main(arguments, demands, path):
    """Check, and become the command that was given, if any. Returns an exit status."""
    verbose = bool(arguments) and arguments[0] in ("-v", "--verbose")
    command = arguments[verbose:]
    if command and command[0].startswith("-"):
        if command[0] != "--":
            return _say(USAGE, 0 if command[0] in ("-h", "--help") else 2)
        command = command[1:]
    found = list(failures(demands, [os.path.abspath(entry) for entry in path]))
    for line in found:
        _say(line, 1)
    if found:
        return 1
    if verbose:
        _say("all holds: " + ", ".join(demands), 0)
    if not command:
        return 0
    return _say("cannot start %s: %s" % (command[0], become(command)), 2)


def failures(demands, path):
    """A line for each thing that is not as it was asked for."""
    for section, asked in demands.items():
        check = __import__("parity.door.inside.checks." + section, fromlist=["failures"])
        for key, sentence in check.failures(asked, path):
            yield "%s: %s" % (section + "." + key if key else section, sentence)


def _say(line, status):
    text = "".join(one if one.isprintable() else "?" for one in line[:_LONGEST])
    if sys.stderr is not None:
        sys.stderr.write("parity require: %s\n" % text.encode("ascii", "backslashreplace").decode("ascii"))
    return status
