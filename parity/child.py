"""The one place where parity starts a process.

Every child has its own process group, a deadline and a cap on what is read from it. The whole group is
killed at the deadline: `subprocess.run(timeout=…)` kills the child alone, and a grandchild that
holds the pipe lives on.
"""

from __future__ import annotations

import os
import signal
import time
from _thread import allocate_lock
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import NamedTuple

OUTPUT_CAP = 32 << 20
"""Bytes of standard output that are read; a child that writes more is killed."""
ERRORS_CAP = 64 << 10
"""Bytes of standard error that are kept; the rest is read and dropped."""

Watch = Callable[[bytearray], "float | None"]
"""Shown all of standard output so far, whenever more of it has come; may answer with an earlier deadline."""


_running: set[Child] = set()


class Result(NamedTuple):
    """How a child ended. `cut` is None, "timeout", or "output" when it wrote more than the cap."""

    code: int
    out: bytes
    err: bytes
    cut: str | None = None


class Child:
    """A running process, ended with everything that it started when the block is left.

    Raises OSError from the constructor when the program cannot be started. `env` is its whole environment, None this
    process's own.
    """

    def __init__(self, argv: Sequence[str], stdin: bytes = b"", env: Mapping[str, str] | None = None) -> None:
        pid, self._pipes = _spawn(list(argv), bool(stdin), os.environ if env is None else env)
        self._process = _Process(pid)
        self._stdin = memoryview(stdin)
        _running.add(self)
        for descriptor in self._pipes.values():
            os.set_blocking(descriptor, False)
        # What the pipe takes at once is there before anybody waits for the child.
        if stdin and self._fed():
            self._close("stdin")

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """End the child and its group, and reap it. Harmless when it has ended already."""
        _running.discard(self)
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.ended(0)
        for name in list(self._pipes):
            self._close(name)

    def finish(self, deadline: float, watch: Watch | None = None) -> Result:
        """Feed, read and await it until `deadline` (`time.monotonic()`); never longer."""
        # Not at the top: for a snapshot of this machine the probe is under way before it is loaded.
        import selectors

        out, err, cut = bytearray(), bytearray(), None
        with selectors.DefaultSelector() as selector:
            for name, descriptor in self._pipes.items():
                selector.register(descriptor, selectors.EVENT_WRITE if name == "stdin" else selectors.EVENT_READ, name)
            while selector.get_map() and cut is None:
                left = deadline - time.monotonic()
                if left <= 0:
                    cut = "timeout"
                for key, _ in selector.select(max(0.0, left)):
                    if self._fed() if key.data == "stdin" else _pumped(key.fd, out if key.data == "out" else err):
                        selector.unregister(key.fd)
                        self._close(key.data)
                if watch is not None:
                    sooner = watch(out)
                    deadline = deadline if sooner is None else min(deadline, sooner)
                if len(out) > OUTPUT_CAP:
                    cut = "output"
                del err[ERRORS_CAP:]
        if cut is None and not self._process.ends_by(max(deadline, time.monotonic() + 0.05)):
            cut = "timeout"
        self.kill()
        return Result(self._process.returncode or 0, bytes(out), bytes(err), cut)

    def _fed(self) -> bool:
        """Write what the pipe takes; whether that was the last of it, or nobody reads any more."""
        try:
            self._stdin = self._stdin[os.write(self._pipes["stdin"], self._stdin[: 1 << 16]) :]
        except BlockingIOError:
            return False
        except BrokenPipeError:
            return True
        return not self._stdin

    def _close(self, name: str) -> None:
        descriptor = self._pipes.pop(name, None)
        if descriptor is not None:
            os.close(descriptor)


class _Process:
    """A process that was started here. `returncode` is None until it is reaped, negative for a signal."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._reaping = allocate_lock()

    def ends_by(self, deadline: float) -> bool:
        """Whether it has ended by then. Its streams are closed already, so that it mostly has."""
        pause = 0.0005
        while not self.ended(os.WNOHANG):
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(pause, left))
            pause = min(2 * pause, 0.05)
        return True

    def ended(self, options: int) -> bool:
        """Whether it has ended, and then it is reaped: by one thread, though another may wait for it, too."""
        with self._reaping:
            if self.returncode is not None:
                return True
            try:
                pid, status = os.waitpid(self.pid, options)
            except ChildProcessError:
                # Whoever started this process ignores SIGCHLD, and so the kernel has reaped it: its end is not known.
                pid, status = self.pid, 0
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
            return bool(pid)


def _spawn(argv: list[str], fed: bool, env: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """(process id, {"stdin" where it is fed, "out", "err": this side's end of the pipe}) of a new process.

    Not by `subprocess`: to import that alone puts the probe of this machine off by milliseconds.
    """
    _fill_standard_streams()
    names = ["stdin", "out", "err"] if fed else ["out", "err"]
    pipes = {name: os.pipe() for name in names}
    theirs = {name: pipe[0 if name == "stdin" else 1] for name, pipe in pipes.items()}
    ours = {name: pipe[1 if name == "stdin" else 0] for name, pipe in pipes.items()}
    actions: list[tuple[int, ...] | tuple[int, int, str, int, int]] = [
        (os.POSIX_SPAWN_DUP2, theirs[name], place)
        for place, name in enumerate(("stdin", "out", "err"))
        if name in theirs
    ]
    if not fed:
        actions.append((os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0))
    actions += [(os.POSIX_SPAWN_CLOSE, descriptor) for descriptor in _inherited()]
    try:
        # What Python ignores, the program is to meet as any other does.
        signals = [signal.SIGPIPE, signal.SIGXFSZ]
        return os.posix_spawnp(argv[0], argv, env, file_actions=actions, setsid=True, setsigdef=signals), ours
    except BaseException:
        for descriptor in ours.values():
            os.close(descriptor)
        raise
    finally:
        for descriptor in theirs.values():
            os.close(descriptor)


def _fill_standard_streams() -> None:
    """Open what this process was started without, so that no pipe stands where a stream of the child's is to go."""
    while (descriptor := os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)) < 3:
        pass
    os.close(descriptor)


def _inherited() -> Iterator[int]:
    """Descriptors that this process was itself started with, and would pass on; its own are closed by the kernel."""
    try:
        found = [int(entry.name) for entry in os.scandir("/dev/fd")]
    except OSError:
        found = list(range(256))
    for descriptor in found:
        # That of the listing itself is closed again.
        with suppress(OSError):
            if descriptor > 2 and os.get_inheritable(descriptor):
                yield descriptor


def _pumped(descriptor: int, into: bytearray) -> bool:
    """Read what is there; whether that was the end."""
    part = os.read(descriptor, 1 << 16)
    into += part
    return not part


def run(argv: Sequence[str], stdin: bytes = b"", *, seconds: float, env: Mapping[str, str] | None = None) -> Result:
    """Start, feed and await one process. Raises OSError when the program cannot be started."""
    deadline = time.monotonic() + seconds
    with Child(argv, stdin, env) as child:
        return child.finish(deadline)


def end_all() -> None:
    """End the children of threads that nobody waits for any more."""
    for child in list(_running):
        child.kill()
