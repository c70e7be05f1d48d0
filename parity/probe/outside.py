"""A program that is run in the target because somebody asked for it by name: bounded, and ended with all it started.

Floor: Python 3.8, standard library only.
"""

import errno
import os
import select
import signal
import time

_GRACE = 0.5
"""Seconds after which it is ended from inside, should whoever waits for it be gone."""


class Ended:
    """How it ended.

    code    its exit status, negative for a signal
    out     what it printed, no more than was to be read
    late    whether it was ended for having taken too long
    """

    def __init__(self, code, out, late):
        self.code, self.out, self.late = code, out, late


def run(argv, environ, seconds, limit, given=b"", errors=False, user=None):
    """Run a program in / and in a group of its own. Raises OSError where it cannot be started.

    given   bytes for its standard input; errors: whether its standard error is read as its output is
    user    (uid, gid, [group, ...]) that it runs as, None for the probe's own
    """
    import subprocess

    def prepared():
        # A timer outlives exec(2): nothing is left in the target when the one who waits was killed.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
        if user is not None:
            os.setgroups(user[2])
            os.setgid(user[1])
            os.setuid(user[0])

    try:
        child = subprocess.Popen(
            argv,
            stdin=subprocess.PIPE if given else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if errors else subprocess.DEVNULL,
            cwd="/",
            env=environ,
            start_new_session=True,
            preexec_fn=prepared,  # noqa: PLW1509 - the probe has one thread
        )
    except (subprocess.SubprocessError, ValueError) as error:
        # What `prepared` raised, which Popen does not tell; or a NUL in a word.
        raise OSError(errno.EPERM, os.strerror(errno.EPERM)) from error
    until = time.monotonic() + seconds
    try:
        out, late = _talked(child, given, until, limit)
        if not late:
            late = _waited(child, until)
    finally:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except OSError:
            pass
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                _close(pipe)
        child.wait()
    return Ended(child.returncode, out, late)


def _talked(child, given, until, limit):
    """(what it printed until its end, or up to `limit`; whether the time was over first)."""
    parts, left, rest = [], limit, memoryview(given)
    reader = child.stdout.fileno()
    if child.stdin is not None:
        os.set_blocking(child.stdin.fileno(), False)
    while left > 0:
        wait = until - time.monotonic()
        writers = [child.stdin.fileno()] if rest else []
        readable, writable, _ = select.select([reader], writers, [], max(0.0, wait))
        if not readable and not writable:
            return b"".join(parts), True
        if writable:
            rest = rest[_written(child.stdin, rest) :]
            if not rest:
                _close(child.stdin)
        if readable:
            part = os.read(reader, min(left, 1 << 16))
            if not part:
                break
            parts.append(part)
            left -= len(part)
    return b"".join(parts), False


def _written(pipe, rest):
    try:
        return os.write(pipe.fileno(), rest[: 1 << 16])
    except BlockingIOError:
        return 0
    except BrokenPipeError:
        return len(rest)


def _close(pipe):
    try:
        pipe.close()
    except BrokenPipeError:
        pass


def _waited(child, until):
    """Whether it has closed its output and goes on beyond the time."""
    import subprocess

    try:
        child.wait(max(0.05, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        return True
    return False
