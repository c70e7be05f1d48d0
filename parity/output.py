"""The one place that writes results: a stream that may be gone, or a file that is old or new and never in between.

    write(path, text)     a file, atomically and for its owner alone; `-` is standard output
    append(path, text)    the end of a file that others write to, too
    check(path)           whether that can work, before the work that it is for
    emit(text, stream)    a standard stream
    tell(line)            a sentence for a person, on standard error; never fails

Raises OutputError (exit 2) when the result cannot be written, and BrokenPipeError (exit 141, without a word) when
the reader of a pipe has left. After either, the stream leads to /dev/null: Python's own flush at exit would
otherwise fail once more, print a traceback and change the exit status to 120.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from parity.errors import OutputError
from parity.text import guard, safe

Disarm = Callable[[str], str]
"""What is done to text on its way to a stream: `guard` changes nothing in JSON that passed `guard_json`."""

_STDOUT = frozenset({"-", "/dev/stdout"})
_NOWHERE = "/dev/null"

_KINDS = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def as_it_is(text: str) -> str:
    """No disarming: for a script, or a report that speaks to the runner and has disarmed its own parts."""
    return text


def write(path: str | os.PathLike[str], text: str, *, mode: int = 0o600, disarm: Disarm = guard) -> None:
    """Write a result where `-o` says. A file is replaced as a whole and gets `mode`, whatever it had before.

    `disarm` is for standard output alone; what stands in a file is `text` itself.
    """
    name = os.fspath(path)
    if name in _STDOUT:
        emit(text, sys.stdout, disarm=disarm)
    elif name != _NOWHERE:
        _replace(name, text.encode("utf-8", "backslashreplace"), mode)


def append(path: str, text: str) -> None:
    """Add to the end of a file that is not parity's own, such as the summary of a CI step; made where there is none."""
    with _parent(path) as (parent, base):
        _refuse_kind(parent, base, safe(path))
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(base, flags, 0o600, dir_fd=parent), "ab") as file:
            file.write(text.encode("utf-8", "backslashreplace"))


def emit(text: str, stream: TextIO | None, *, disarm: Disarm = guard) -> None:
    """Write to a standard stream and flush it. Characters that its encoding lacks become escapes."""
    name = "standard error" if stream is not None and stream is sys.stderr else "standard output"
    if stream is None or stream.closed:
        raise OutputError(f"cannot write to {name}: it is closed")
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(disarm(text).encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        _lead_nowhere(stream)
        raise
    except OSError as error:
        _lead_nowhere(stream)
        raise OutputError(f"cannot write to {name}: {_text(error)}") from None


def tell(line: str) -> None:
    """One sentence on standard error. There is no place to say that it could not be said."""
    with suppress(OutputError, BrokenPipeError):
        emit(line + "\n", sys.stderr)


def _lead_nowhere(stream: TextIO) -> None:
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def check(path: str | os.PathLike[str]) -> None:
    """Raise OutputError where `write` could not put a file, before any work is done for it."""
    name = os.fspath(path)
    if name not in _STDOUT and name != _NOWHERE:
        with _parent(name) as (parent, base):
            _refuse_kind(parent, base, safe(name))


def _replace(name: str, content: bytes, mode: int) -> None:
    with _parent(name) as (parent, base):
        _refuse_kind(parent, base, safe(name))
        _replace_in(parent, base, content, mode)


@contextmanager
def _parent(name: str) -> Iterator[tuple[int, str]]:
    """(descriptor of the directory, name in it) of a file; what fails inside is told as of the file."""
    directory, base = os.path.split(name)
    shown = safe(name)
    try:
        parent = os.open(directory or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise OutputError(f"cannot write {shown}: its directory is not there", f"mkdir -p {safe(directory)}") from None
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot write {shown}: {_text(error)}") from None
    try:
        yield parent, base
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot write {shown}: {_text(error)}", _hint(error)) from None
    finally:
        os.close(parent)


def _refuse_kind(parent: int, base: str, shown: str) -> None:
    if not base or base in {".", ".."}:
        raise OutputError(f"cannot write {shown}: it names a directory")
    try:
        status = os.stat(base, dir_fd=parent, follow_symlinks=False)
    except FileNotFoundError:
        return
    for is_kind, what in _KINDS:
        if is_kind(status.st_mode):
            raise OutputError(f"cannot write {shown}: it is {what}", "name a file, or - for standard output")


def _replace_in(parent: int, base: str, content: bytes, mode: int) -> None:
    # Its own name, and not one made of `base`, so that the longest name a file may have still works.
    temporary = f".parity-{os.urandom(8).hex()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        # Within: a signal may come as soon as the file is there.
        descriptor = os.open(temporary, flags, 0o600, dir_fd=parent)
        try:
            os.fchmod(descriptor, mode)
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, base, src_dir_fd=parent, dst_dir_fd=parent)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=parent)
        raise
    # The new file stands already: a directory that cannot be synced (some network file systems) is no failure.
    with suppress(OSError):
        os.fsync(parent)


def _text(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number is None:
        # A ValueError: there is a NUL in the name.
        return "no file can have this name"
    return f"{os.strerror(number)} ({errno.errorcode.get(number, number)})"


def _hint(error: Exception) -> str | None:
    number = getattr(error, "errno", None)
    if number in {errno.ENOSPC, errno.EDQUOT}:
        return "free some space, or write elsewhere with -o; what stood there before is untouched"
    if number in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return "write elsewhere with -o, or to standard output"
    return None
