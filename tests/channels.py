"""A command's streams over one WebSocket, as the kubelet gives them: the subprotocol v5.channel.k8s.io, RFC 6455."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedIOBase
from typing import IO, Any

PROTOCOL = "v5.channel.k8s.io"

_ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_STDIN, _STDOUT, _STDERR, _STATUS, _CLOSED = 0, 1, 2, 3, 255
_CONTINUATION, _BINARY, _CLOSE, _PING, _PONG = 0x0, 0x2, 0x8, 0x9, 0xA


def accept(key: str) -> str:
    """The server's half of the handshake."""
    return base64.b64encode(hashlib.sha1((key + _ACCEPT).encode()).digest()).decode()


@dataclass
class Fault:
    """What goes wrong with an exec once `after` bytes of its output have been sent."""

    kind: str
    """"truncated" (the rest is lost, the status is Success), "killed" (exit code 137), "gone" (the connection ends)
    or "silent" (nothing is ever said)."""
    after: int = 0


class Execution:
    """One command, its streams multiplexed over one WebSocket."""

    def __init__(self, reader: BufferedIOBase, writer: BufferedIOBase, fault: Fault | None) -> None:
        self.reader, self.writer, self.fault = reader, writer, fault
        self.sent = 0
        self.lock = threading.Lock()

    def run(self, argv: list[str]) -> None:
        if self.fault is not None and self.fault.kind == "silent":
            for _ in self._messages():
                pass
            return
        try:
            process = subprocess.Popen(
                argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
            )
        except FileNotFoundError:
            said = (
                f'exec failed: unable to start container process: exec: "{argv[0]}": executable file not found in $PATH'
            )
            self._finish({"status": "Failure", "reason": "InternalError", "code": 500, "message": said})
            return
        with process:
            readers = [
                threading.Thread(target=self._pump, args=(process.stdout, _STDOUT), daemon=True),
                threading.Thread(target=self._pump, args=(process.stderr, _STDERR), daemon=True),
                threading.Thread(target=self._feed, args=(process,), daemon=True),
            ]
            for thread in readers:
                thread.start()
            for thread in readers[:2]:
                thread.join()
            code = process.wait()
        if self.fault is None or self.sent < self.fault.after:
            self._finish(_exit_status(code if code >= 0 else 128 - code))
        elif self.fault.kind == "truncated":
            self._finish(_exit_status(0))
        elif self.fault.kind == "killed":
            self._finish(_exit_status(137))

    def _pump(self, stream: IO[bytes], channel: int) -> None:
        while part := stream.read(4096):
            if channel == _STDOUT and self.fault is not None:
                part = part[: max(0, self.fault.after - self.sent)]
            self.sent += len(part) if channel == _STDOUT else 0
            if part:
                self._send(_BINARY, bytes([channel]) + part)

    def _feed(self, process: subprocess.Popen[bytes]) -> None:
        stdin = process.stdin
        assert stdin is not None
        for frame in self._messages():
            # A command that ended has closed its side; the client may go on sending.
            with suppress(BrokenPipeError, ValueError):
                if frame[0] == _STDIN:
                    stdin.write(frame[1:])
                elif frame[0] == _CLOSED and frame[1:2] == bytes([_STDIN]):
                    stdin.close()
        if process.poll() is None:
            process.kill()

    def _messages(self) -> Iterator[bytes]:
        # However the connection ends, it has ended.
        with suppress(OSError, ValueError):
            while (message := self._frame()) is not None:
                yield message

    def _frame(self) -> bytes | None:
        """The next binary message, or None when the client has closed."""
        message = b""
        while True:
            head = self.reader.read(2)
            if len(head) < 2:
                return None
            last, opcode, size = head[0] & 0x80, head[0] & 0x0F, head[1] & 0x7F
            if size == 126:
                (size,) = struct.unpack("!H", self.reader.read(2))
            elif size == 127:
                (size,) = struct.unpack("!Q", self.reader.read(8))
            mask = self.reader.read(4) if head[1] & 0x80 else b"\0\0\0\0"
            data = self.reader.read(size)
            pad = (mask * (size // 4 + 1))[:size]
            payload = (int.from_bytes(data, "big") ^ int.from_bytes(pad, "big")).to_bytes(size, "big")
            if opcode == _CLOSE:
                return None
            if opcode == _PING:
                self._send(_PONG, payload)
            elif opcode in (_BINARY, _CONTINUATION):
                message += payload
                if last:
                    return message

    def _send(self, opcode: int, payload: bytes) -> None:
        size = len(payload)
        head = bytes([0x80 | opcode]) + (bytes([size]) if size < 126 else b"\x7e" + struct.pack("!H", size))
        with self.lock:
            self.writer.write(head + payload)
            self.writer.flush()

    def _finish(self, status: Mapping[str, Any]) -> None:
        document = {"kind": "Status", "apiVersion": "v1", "metadata": {}, **status}
        self._send(_BINARY, bytes([_STATUS]) + json.dumps(document).encode())
        self._send(_CLOSE, struct.pack("!H", 1000))
        # The client answers the close; a connection that ends before is an error to it.
        time.sleep(0.01)


def _exit_status(code: int) -> dict[str, Any]:
    if code == 0:
        return {"status": "Success"}
    cause = {"reason": "ExitCode", "message": str(code)}
    message = f"command terminated with non-zero exit code: exit status {code}"
    return {"status": "Failure", "reason": "NonZeroExitCode", "message": message, "details": {"causes": [cause]}}
