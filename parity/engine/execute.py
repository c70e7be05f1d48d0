"""Run a program in a container, a script on its standard input, its output read within a deadline and a cap.

The stream is the one of "Attach to a container" in the Docker Engine API: frames of one byte for the
stream (1 output, 2 errors), three of nothing, four for the length, then that many bytes.
"""

from __future__ import annotations

import selectors
import socket
import struct
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from parity.child import ERRORS_CAP, OUTPUT_CAP, Result, Watch
from parity.engine.connect import engine_errors

if TYPE_CHECKING:
    from docker.api.client import APIClient

NOT_STARTED = 127
"""The code of a Result whose program the engine could not start: no such file, or not executable."""

_HEADER = struct.Struct(">BxxxL")


def execute(
    client: APIClient,
    container: str,
    argv: Sequence[str],
    stdin: bytes,
    *,
    deadline: float,
    user: str = "",
    watch: Watch | None = None,
) -> Result:
    """Run `argv` in a running container. Raises Unreachable or Incomplete when the engine fails."""
    from docker.errors import APIError

    with engine_errors(f"container {container}"):
        created = client.exec_create(
            container,
            list(argv),
            stdin=True,
            stdout=True,
            stderr=True,
            user=user,
            # What an image preloads into its programs is not loaded into the probe.
            environment={"LD_PRELOAD": ""},
        )
        try:
            stream = client.exec_start(created["Id"], socket=True)
        except APIError as error:
            if _cannot_start(str(error.explanation)):
                return Result(NOT_STARTED, b"", b"")
            raise
        connection: socket.socket = getattr(stream, "_sock", stream)  # type: ignore[arg-type]
        try:
            out, err, cut = _converse(connection, stdin, deadline, watch)
        finally:
            connection.close()
            stream.close()
        if cut is not None:
            return Result(-1, out, err, cut)
        code = _exit_code(client, created["Id"], deadline)
        if code in (126, NOT_STARTED) and (
            _cannot_start(err.decode("utf-8", "replace")) or _cannot_start(out.decode("utf-8", "replace"))
        ):
            return Result(NOT_STARTED, b"", b"")
        return Result(code, out, err)


def _cannot_start(text: str) -> bool:
    return any(sign in text for sign in ("executable file not found", "no such file or directory", "permission denied"))


def _exit_code(client: APIClient, identifier: str, deadline: float) -> int:
    # The stream can end a moment before the engine has reaped the process.
    while True:
        state: dict[str, Any] = client.exec_inspect(identifier)
        if not state["Running"] or time.monotonic() >= deadline:
            code = state.get("ExitCode")
            return -1 if code is None else int(code)
        time.sleep(0.01)


def _converse(
    connection: socket.socket, stdin: bytes, deadline: float, watch: Watch | None
) -> tuple[bytes, bytes, str | None]:
    """Send the script, then read both streams to their end: (output, errors, None | "timeout" | "output")."""
    # Both ways at once: of a program that could not be started the engine says so and reads no input at all.
    out, err, pending = bytearray(), bytearray(), bytearray()
    unsent = memoryview(stdin)
    connection.setblocking(False)
    # Not select(): a process that looks at many targets has descriptors beyond what that can wait for.
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ | (selectors.EVENT_WRITE if unsent else 0))
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                return bytes(out), bytes(err), "timeout"
            ready = selector.select(left)
            if unsent and any(events & selectors.EVENT_WRITE for _, events in ready):
                unsent = _send(connection, unsent)
                if not unsent:
                    selector.modify(connection, selectors.EVENT_READ)
            part = _receive(connection) if any(events & selectors.EVENT_READ for _, events in ready) else None
            if part is None:
                continue
            if not part:
                return bytes(out), bytes(err), None
            pending += part
            _take_frames(pending, out, err)
            del err[ERRORS_CAP:]
            if watch is not None:
                watch(out)
            if len(out) + len(pending) > OUTPUT_CAP:
                return bytes(out), bytes(err), "output"


def _send(connection: socket.socket, unsent: memoryview) -> memoryview:
    """What is left to send; the sending side is closed after the last of it."""
    try:
        unsent = unsent[connection.send(unsent[: 1 << 16]) :]
        if not unsent:
            connection.shutdown(socket.SHUT_WR)
    except BlockingIOError:
        return unsent
    except OSError:
        # Nobody reads any more. What was said until then still counts.
        return unsent[:0]
    return unsent


def _receive(connection: socket.socket) -> bytes | None:
    """What has come, None for nothing yet, b"" at the end."""
    try:
        return connection.recv(1 << 16)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _take_frames(pending: bytearray, out: bytearray, err: bytearray) -> None:
    while len(pending) >= _HEADER.size:
        stream, length = _HEADER.unpack_from(pending)
        end = _HEADER.size + length
        if len(pending) < end:
            # A frame as long as the cap is never completed; the caller's cap sees `pending` grow.
            return
        (err if stream == 2 else out).extend(pending[_HEADER.size : end])
        del pending[:end]
