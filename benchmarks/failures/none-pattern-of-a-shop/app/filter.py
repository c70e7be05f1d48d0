import re
import signal
import sys

PATTERN = re.compile(r"^([a-z]+)+[0-9]*$")


def late(*_):
    raise TimeoutError("a filter took too long")


signal.signal(signal.SIGALRM, late)
signal.alarm(2)
print(bool(PATTERN.match(sys.argv[1])))
