"""The one place where parity starts a process.

Every child has its own process group, a deadline and a cap on what is read from it. The whole group is
killed at the deadline: `subprocess.run(timeout=…)` kills the child alone, and a grandchild that
holds the pipe lives on.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO, NamedTuple

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
        self._process = subprocess.Popen(
            list(argv),
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env=env,
        )
        self._stdin = memoryview(stdin)
        _running.add(self)
        # What the pipe takes at once is there before anybody waits for the child.
        if self._process.stdin is not None and self._fed(self._process.stdin):
            _close(self._process.stdin)

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
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None and not pipe.closed:
                _close(pipe)

    def finish(self, deadline: float, watch: Watch | None = None) -> Result:
        """Feed, read and await it until `deadline` (`time.monotonic()`); never longer."""
        out, err, cut = bytearray(), bytearray(), None
        with selectors.DefaultSelector() as selector:
            self._register(selector)
            while selector.get_map() and cut is None:
                left = deadline - time.monotonic()
                if left <= 0:
                    cut = "timeout"
                for key, _ in selector.select(max(0.0, left)):
                    if key.data == "stdin":
                        if self._process.stdin is not None and self._fed(self._process.stdin):
                            selector.unregister(key.fileobj)
                            _close(self._process.stdin)
                    else:
                        _pump(key, out if key.data == "out" else err, selector)
                if watch is not None:
                    sooner = watch(out)
                    deadline = deadline if sooner is None else min(deadline, sooner)
                if len(out) > OUTPUT_CAP:
                    cut = "output"
                del err[ERRORS_CAP:]
        if cut is None:
            try:
                self._process.wait(max(0.05, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                cut = "timeout"
        self.kill()
        return Result(self._process.returncode, bytes(out), bytes(err), cut)

    def _register(self, selector: selectors.BaseSelector) -> None:
        for pipe, name, event in (
            (self._process.stdin, "stdin", selectors.EVENT_WRITE),
            (self._process.stdout, "out", selectors.EVENT_READ),
            (self._process.stderr, "err", selectors.EVENT_READ),
        ):
            if pipe is not None and not pipe.closed:
                os.set_blocking(pipe.fileno(), False)
                selector.register(pipe, event, name)

    def _fed(self, pipe: IO[bytes]) -> bool:
        """Write what the pipe takes; whether that was the last of it, or nobody reads any more."""
        os.set_blocking(pipe.fileno(), False)
        try:
            self._stdin = self._stdin[os.write(pipe.fileno(), self._stdin[: 1 << 16]) :]
        except BlockingIOError:
            return False
        except BrokenPipeError:
            return True
        return not self._stdin


def _close(pipe: IO[bytes]) -> None:
    with suppress(BrokenPipeError):
        pipe.close()


def _pump(key: selectors.SelectorKey, into: bytearray, selector: selectors.BaseSelector) -> None:
    part = os.read(key.fd, 1 << 16)
    into += part
    if not part:
        selector.unregister(key.fileobj)


def run(argv: Sequence[str], stdin: bytes = b"", *, seconds: float, env: Mapping[str, str] | None = None) -> Result:
    """Start, feed and await one process. Raises OSError when the program cannot be started."""
    deadline = time.monotonic() + seconds
    with Child(argv, stdin, env) as child:
        return child.finish(deadline)


def end_all() -> None:
    """End the children of threads that nobody waits for any more."""
    for child in list(_running):
        child.kill()
