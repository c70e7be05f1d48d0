"""Paths that cannot be read, written or found, and what the operating system says of a call."""

# ruff: noqa: E501, RUF001 (expressions read whole; GNU programs quote with curved marks)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Told, told
from parity.explain.model import Fact, Failure

# Linux's numbers and the GNU C library's words (errno(3), include/uapi/asm-generic/errno*.h).
_ERRNO = {
    1: ("EPERM", "Operation not permitted"),
    2: ("ENOENT", "No such file or directory"),
    3: ("ESRCH", "No such process"),
    4: ("EINTR", "Interrupted system call"),
    5: ("EIO", "Input/output error"),
    6: ("ENXIO", "No such device or address"),
    7: ("E2BIG", "Argument list too long"),
    8: ("ENOEXEC", "Exec format error"),
    9: ("EBADF", "Bad file descriptor"),
    10: ("ECHILD", "No child processes"),
    11: ("EAGAIN", "Resource temporarily unavailable"),
    12: ("ENOMEM", "Cannot allocate memory"),
    13: ("EACCES", "Permission denied"),
    16: ("EBUSY", "Device or resource busy"),
    17: ("EEXIST", "File exists"),
    18: ("EXDEV", "Invalid cross-device link"),
    19: ("ENODEV", "No such device"),
    20: ("ENOTDIR", "Not a directory"),
    21: ("EISDIR", "Is a directory"),
    22: ("EINVAL", "Invalid argument"),
    23: ("ENFILE", "Too many open files in system"),
    24: ("EMFILE", "Too many open files"),
    25: ("ENOTTY", "Inappropriate ioctl for device"),
    26: ("ETXTBSY", "Text file busy"),
    27: ("EFBIG", "File too large"),
    28: ("ENOSPC", "No space left on device"),
    29: ("ESPIPE", "Illegal seek"),
    30: ("EROFS", "Read-only file system"),
    31: ("EMLINK", "Too many links"),
    32: ("EPIPE", "Broken pipe"),
    34: ("ERANGE", "Numerical result out of range"),
    35: ("EDEADLK", "Resource deadlock avoided"),
    36: ("ENAMETOOLONG", "File name too long"),
    37: ("ENOLCK", "No locks available"),
    38: ("ENOSYS", "Function not implemented"),
    39: ("ENOTEMPTY", "Directory not empty"),
    40: ("ELOOP", "Too many levels of symbolic links"),
    61: ("ENODATA", "No data available"),
    75: ("EOVERFLOW", "Value too large for defined data type"),
    84: ("EILSEQ", "Invalid or incomplete multibyte or wide character"),
    88: ("ENOTSOCK", "Socket operation on non-socket"),
    90: ("EMSGSIZE", "Message too long"),
    92: ("ENOPROTOOPT", "Protocol not available"),
    93: ("EPROTONOSUPPORT", "Protocol not supported"),
    94: ("ESOCKTNOSUPPORT", "Socket type not supported"),
    95: ("ENOTSUP", "Operation not supported"),
    96: ("EPFNOSUPPORT", "Protocol family not supported"),
    97: ("EAFNOSUPPORT", "Address family not supported by protocol"),
    98: ("EADDRINUSE", "Address already in use"),
    99: ("EADDRNOTAVAIL", "Cannot assign requested address"),
    100: ("ENETDOWN", "Network is down"),
    101: ("ENETUNREACH", "Network is unreachable"),
    103: ("ECONNABORTED", "Software caused connection abort"),
    104: ("ECONNRESET", "Connection reset by peer"),
    105: ("ENOBUFS", "No buffer space available"),
    106: ("EISCONN", "Transport endpoint is already connected"),
    107: ("ENOTCONN", "Transport endpoint is not connected"),
    110: ("ETIMEDOUT", "Connection timed out"),
    111: ("ECONNREFUSED", "Connection refused"),
    112: ("EHOSTDOWN", "Host is down"),
    113: ("EHOSTUNREACH", "No route to host"),
    116: ("ESTALE", "Stale file handle"),
    122: ("EDQUOT", "Disk quota exceeded"),
    125: ("ECANCELED", "Operation canceled"),
    126: ("ENOKEY", "Required key not available"),
    # getaddrinfo(3)
    -2: ("EAI_NONAME", "Name or service not known"),
    -3: ("EAI_AGAIN", "Temporary failure in name resolution"),
    -5: ("EAI_NODATA", "No address associated with hostname"),
    -8: ("EAI_SERVICE", "Servname not supported for ai_socktype"),
}

_SYMBOLS = {symbol for symbol, _ in _ERRNO.values()}
_BY_WORDS = {words.lower(): symbol for symbol, words in _ERRNO.values()}
_WORDS = re.compile(
    r"(?i)\b("
    + "|".join(sorted((re.escape(one) for one in _BY_WORDS), key=len, reverse=True))
    + r")\b(?! (?:for|to)\b)"
)
# What the loader and a database's server say of their own files is no call of the program's.
_OTHERS = re.compile(r"shared object file|extension control file")
# What ssl raises has OpenSSL's number for a kind of error in the place of errno's.
_NUMBER = re.compile(
    r"\[Errno (-?\d{1,5})\]|\b(?!SSL)\w{0,40}Error\((-?\d{1,5}), |\berrno[ =:]{1,3}(-?\d{1,5})\b|\(os error (\d{1,5})\)"
)
_SYMBOL = re.compile(r"\b(E[A-Z0-9]{3,15})\b(?=[:,) ]|$)")

_QUOTED = r"[`'\"‘“](?P<value>[^'\"’”\n]{1,400})['\"’”]"
_BARE = r"(?P<value>/[^\s:'\",;()]{1,400})"
_PATHS = (
    re.compile(rf"\[Errno -?\d{{1,5}}\] [^:'\"\n]{{1,100}}: (?:\w{{0,20}}Path\()?{_QUOTED}"),
    re.compile(rf"\[Errno -?\d{{1,5}}\] [^:'\"\n]{{1,100}}: '[^'\n]{{1,400}}' -> {_QUOTED}"),
    re.compile(rf"(?i:permission denied|read-only file system|no such file or directory|not a directory|no space left on device)[:,]?\s{{1,2}}(?:open |mkdir |unlink |scandir )?{_QUOTED}"),
    re.compile(rf"(?:^|[\s:]){_BARE}: (?i:permission denied|read-only file system|no such file or directory|no space left on device|is a directory|not a directory)", re.MULTILINE),
    re.compile(rf"(?i:cannot (?:create|open|access|stat|touch|remove|write)|could not (?:open|create|read|write|access)|can't open|unable to (?:open|create|read|write|access)|failed to (?:open|create|read|write))"
               rf" (?:\w{{1,20}} ){{0,3}}(?:{_QUOTED}|(?P<bare>/[^\s:'\",;()]{{1,400}}))"),
    re.compile(rf"(?i:file|directory|path|folder) {_QUOTED} (?i:does not exist|doesn't exist|not found|is not writable|is not readable|is not a)"),
    re.compile(rf"(?i:socket) \"{_BARE}\""),
    re.compile(rf"(?i:(?:ca |certificate |ca-)?bundle|invalid path|certificate file|ca file)[^:\n]{{0,40}}: {_BARE}"),
    re.compile(rf"(?i:no usable temporary directory found in) \[{_QUOTED}"),
)  # fmt: skip

_UNTOLD = {
    "unable to open database file": "ENOENT",
    "attempt to write a readonly database": "EROFS",
    "No usable temporary directory found": "EACCES",
    "can't start new thread": "EAGAIN",
}
"""What SQLite and Python say in words of their own."""


def read(failure: Failure) -> Iterator[Fact]:
    """`errno`, `path`."""
    for one in told(failure):
        if _OTHERS.search(one.text):
            continue
        for pattern in _PATHS:
            for found in pattern.finditer(one.text):
                path = found.groupdict().get("bare") or found["value"]
                if path and ("/" in path or "." in path):
                    yield one.fact("path", path, found.start())
        yield from _errnos(one)


def _errnos(one: Told) -> Iterator[Fact]:
    numbered = False
    for found in _NUMBER.finditer(one.text):
        number = int(found[1] or found[2] or found[3] or found[4])
        if number in _ERRNO:
            numbered = True
            yield one.fact("errno", _ERRNO[number][0], found.start())
    for found in _SYMBOL.finditer(one.text):
        if found[1] in _SYMBOLS:
            yield one.fact("errno", found[1], found.start())
    if not numbered:
        for found in _WORDS.finditer(one.text):
            yield one.fact("errno", _BY_WORDS[found[1].lower()], found.start())
    for words, symbol in _UNTOLD.items():
        at = one.text.find(words)
        if at >= 0:
            yield one.fact("errno", symbol, at)
