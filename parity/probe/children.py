"""Work done in a child process that can be killed, or abandoned where the kernel will not let it die.

A read that touches a hung mount never returns, and no signal reaches it. So whatever may hang happens in
a child that answers through a pipe, and the one who waits sets the deadline. Children stay in the
probe's process group, hold none of its pipes, and carry an alarm should their parent die first.

Floor: Python 3.8, standard library only.
"""

import fcntl
import os
import select
import signal
import struct
import time

HEADER = struct.Struct("!dI")
"""What stands before each answer in the pipe: seconds it took, bytes that follow."""

ANSWER_LIMIT = 24 << 20
"""Bytes of one answer; a larger one is not read."""

PIPE_SIZE = 1 << 20
"""Bytes that wait in the pipe of a child: what anybody may ask for (/proc/sys/fs/pipe-max-size)."""

_SET_PIPE_SIZE = 1031
"""F_SETPIPE_SZ of fcntl(2), which the module names from Python 3.10 on."""

_PAUSES = (0, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.2)
"""Seconds between looks at a child that was killed: to take back its memory costs the kernel about a millisecond."""

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""Signals that end the probe, and must end its children with it."""

DIED = "its process died"
TIMEOUT = "timeout"

_living: "set[int]" = set()


def start(work, lifetime):
    """(pid, descriptor to read from) of a child that runs `work(send)`, `send(seconds, bytes)` at will.

    `lifetime`: seconds after which it ends itself. Raises OSError where no process may be started.
    """
    reader, writer = os.pipe()
    _widen(writer)
    # A signal between the fork and the note of it would leave the child behind.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        pid = os.fork()
        if pid == 0:
            _run(work, writer, lifetime)
        _living.add(pid)
    except OSError:
        os.close(reader)
        raise
    finally:
        os.close(writer)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pid, reader


def _widen(writer):
    """Give a pipe room for all that a child says: one that waits for its reader, who is at another child, stands still.

    Not everywhere can that be had (Linux alone, within a bound for each user), and nothing depends on it.
    """
    try:
        fcntl.fcntl(writer, _SET_PIPE_SIZE, PIPE_SIZE)
    except OSError:
        pass


def _run(work, writer, lifetime):
    try:
        _living.clear()
        for number in (signal.SIGALRM, *STOPPING):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGALRM, *STOPPING))
        signal.setitimer(signal.ITIMER_REAL, max(0.1, lifetime))
        writer = _detach(writer)
        work(lambda seconds, answer: write(writer, HEADER.pack(seconds, len(answer)) + answer))
    except BaseException:
        os._exit(1)
    os._exit(0)


def _detach(writer):
    # An abandoned child that still held the probe's pipes would keep whoever reads them waiting for an end
    # that never comes.
    os.dup2(writer, 3)
    os.closerange(4, 256)
    try:
        null = os.open(os.devnull, os.O_RDWR)
    except OSError:
        os.closerange(0, 3)
        return 3
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return 3


def receive(reader, seconds):
    """((seconds, bytes), None) of the next answer, or (None, why there is none) after `seconds`."""
    until = time.monotonic() + seconds
    header, problem = _exactly(reader, HEADER.size, until)
    if header is None:
        return None, problem
    took, size = HEADER.unpack(header)
    if size > ANSWER_LIMIT:
        return None, "its answer is too large"
    body, problem = _exactly(reader, size, until + 1.0)
    return (None, problem) if body is None else ((took, body), None)


def _exactly(reader, size, until):
    parts, left = [], size
    while left:
        wait = until - time.monotonic()
        if not select.select([reader], [], [], max(0.0, wait))[0]:
            return None, TIMEOUT
        part = os.read(reader, min(left, 1 << 16))
        if not part:
            return None, DIED
        parts.append(part)
        left -= len(part)
    return b"".join(parts), None


def end(pid):
    """Kill and reap; a child that the kernel holds in an uninterruptible sleep is left to init."""
    if pid not in _living:
        return
    _living.discard(pid)
    try:
        os.kill(pid, signal.SIGKILL)
        for wait in _PAUSES:
            time.sleep(wait)
            if os.waitpid(pid, os.WNOHANG)[0]:
                return
    except OSError:
        return


def end_all():
    """End every child that is left."""
    for pid in list(_living):
        end(pid)


def write(descriptor, data):
    """All of it: a pipe takes what fits."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
