"""Run a program in a container, a script on its standard input, its output read within a deadline and a cap.

The stream is the one of "Attach to a container" in the Docker Engine API: frames of one byte for the
stream (1 output, 2 errors), three of nothing, four for the length, then that many bytes.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from parity.child import ERRORS_CAP, OUTPUT_CAP, Result
from parity.engine.connect import engine_errors

if TYPE_CHECKING:
    from docker.api.client import APIClient

NOT_STARTED = 127
"""The code of a Result whose program the engine could not start: no such file, or not executable."""

_HEADER = struct.Struct(">BxxxL")


def execute(
    client: APIClient, container: str, argv: Sequence[str], stdin: bytes, *, deadline: float, user: str = ""
) -> Result:
    """Run `argv` in a running container. Raises Unreachable or Incomplete when the engine fails."""
    from docker.errors import APIError

    with engine_errors(f"container {container}"):
        created = client.exec_create(container, list(argv), stdin=True, stdout=True, stderr=True, user=user)
        try:
            stream = client.exec_start(created["Id"], socket=True)
        except APIError as error:
            if _cannot_start(str(error.explanation)):
                return Result(NOT_STARTED, b"", b"")
            raise
        connection: socket.socket = getattr(stream, "_sock", stream)  # type: ignore[arg-type]
        try:
            out, err, cut = _converse(connection, stdin, deadline)
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


def _converse(connection: socket.socket, stdin: bytes, deadline: float) -> tuple[bytes, bytes, str | None]:
    """Send the script, then read both streams to their end: (output, errors, None | "timeout" | "output")."""
    out, err, pending = bytearray(), bytearray(), bytearray()
    try:
        connection.settimeout(max(0.05, deadline - time.monotonic()))
        connection.sendall(stdin)
        connection.shutdown(socket.SHUT_WR)
        while True:
            connection.settimeout(max(0.05, deadline - time.monotonic()))
            part = connection.recv(1 << 16)
            if not part:
                return bytes(out), bytes(err), None
            pending += part
            _take_frames(pending, out, err)
            del err[ERRORS_CAP:]
            if len(out) + len(pending) > OUTPUT_CAP:
                return bytes(out), bytes(err), "output"
            if time.monotonic() >= deadline:
                return bytes(out), bytes(err), "timeout"
    except TimeoutError:
        return bytes(out), bytes(err), "timeout"
    except (BrokenPipeError, ConnectionResetError):
        # The program ended before it had read everything; what it said until then still counts.
        _take_frames(pending, out, err)
        return bytes(out), bytes(err), None


def _take_frames(pending: bytearray, out: bytearray, err: bytearray) -> None:
    while len(pending) >= _HEADER.size:
        stream, length = _HEADER.unpack_from(pending)
        end = _HEADER.size + length
        if len(pending) < end:
            # A frame as long as the cap is never completed; the caller's cap sees `pending` grow.
            return
        (err if stream == 2 else out).extend(pending[_HEADER.size : end])
        del pending[:end]
