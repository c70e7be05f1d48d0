"""What every collector stands on: the files of a target, bounded reads, and honest results.

Floor: Python 3.8, standard library only.
"""

import errno
import os
import re
import stat as stat_module
import time

READ_LIMIT = 4 << 20
"""Bytes of one file that are read unless the collector asks for another bound."""

FIRST = 16 << 10
"""Bytes that `View.reduced` reads at once: most extension modules have headers, strings and versions there."""

_STEP = 1 << 20
_FOLLOWED = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
_AS_IT_IS = _FOLLOWED | os.O_NOFOLLOW


class Absent(Exception):
    """We looked, and there is none. `str()` of it is the reason."""


class Unavailable(Exception):
    """We could not look. `str()` of it is the reason, in words that hold no byte of the target."""


class Skipped(Exception):
    """Nobody asked the one who could tell: no failure to look. `str()` of it is the reason."""


class Section:
    """What one collector saw.

    items     {key: scalar, or {field: scalar or sorted list of str}}
    volatile  facts that change by themselves; shown to `explain`, never compared
    notes     sentences for a person
    hidden    patterns over keys that may exist and could not be read; any makes the section partial
    """

    def __init__(self):
        self.items = {}
        self.volatile = {}
        self.notes = []
        self.hidden = []
        self.reasons = []

    def note(self, sentence):
        if sentence not in self.notes:
            self.notes.append(sentence)

    def hide(self, pattern, reason):
        """Say that keys matching `pattern` could not be seen, and why: the section becomes partial."""
        if pattern not in self.hidden:
            self.hidden.append(pattern)
        if reason not in self.reasons:
            self.reasons.append(reason)

    def as_dict(self):
        """The section's envelope as it stands in a profile (see parity/profile/schema.json)."""
        return {
            "status": "partial" if self.hidden else "ok",
            "reason": "; ".join(sorted(self.reasons)) or None,
            "items": self.items,
            "volatile": self.volatile,
            "notes": sorted(self.notes),
            "hidden": sorted(self.hidden),
        }


def envelope(status, reason):
    """The envelope of a section that holds nothing: absent, unavailable or skipped."""
    return {"status": status, "reason": reason, "items": {}, "volatile": {}, "notes": [], "hidden": []}


def literal(key):
    """The pattern for `Section.hide` that matches this key alone."""
    return re.sub(r"([*?[])", r"[\1]", key)


_SCALAR = (str, int, float, type(None))


def well_formed(items):
    """Whether items are {str: scalar, or {str: scalar or list of str}}, as a profile wants them."""
    for key, item in items.items():
        if not isinstance(key, str):
            return False
        if not isinstance(item, dict):
            if not isinstance(item, _SCALAR):
                return False
            continue
        for name, value in item.items():
            if not isinstance(name, str):
                return False
            if isinstance(value, list):
                if not all(isinstance(member, str) for member in value):
                    return False
            elif not isinstance(value, _SCALAR):
                return False
    return True


_UNSEEN = re.compile(r"\\(?:u00(?:[01]|7f)|ud[89a-f]|[bfnrt])|\x7f")
"""What an unprintable character looks like in ASCII JSON; a rare false alarm costs time only."""


def visible(document, dumped):
    """`document`, whose ASCII JSON is `dumped`, with lone surrogates and control characters made visible
    escapes: a profile may hold neither."""
    if not _UNSEEN.search(dumped):
        return document
    return _visible(document)


def _visible(value):
    if isinstance(value, str):
        text = value.encode("utf-8", "backslashreplace").decode("utf-8")
        return text if text.isprintable() else "".join(map(_escape, text))
    if isinstance(value, dict):
        return {_visible(key): _visible(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_visible(one) for one in value]
    return value


def _escape(character):
    return "\\x%02x" % ord(character) if character < " " or character == "\x7f" else character


def why(error):
    """The class of an OSError in plain words: never its text, which quotes paths of the target."""
    code = getattr(error, "errno", None)
    if code is None:
        return type(error).__name__
    return errno.errorcode.get(code, "E%s" % code) + " " + os.strerror(code).lower()


class NotRegular(OSError):
    """A FIFO, socket, device, directory or link where a plain file was expected."""

    def __init__(self):
        OSError.__init__(self, errno.EINVAL, "not a regular file")


class TooLarge(OSError):
    """A file beyond the bound that the reader set."""

    def __init__(self):
        OSError.__init__(self, errno.EFBIG, "larger than the bound")


class View:
    """Files of the live target this process runs in, by absolute path.

    Other views (a directory, a stream of tar members) answer the same six questions: `read`, `head`,
    `names`, `stat`, `link`, `real`. All raise OSError with a true errno.

    process      the process that serves (parity.probe.process.proc.Process)
    executable   the path of its Python, None where there is none
    without      why there is none: an Absent or Unavailable, or None
    guess        why the executable may be another one, or None
    interpreter  that Python (parity.probe.python.interpreter.Interpreter), described when it is first asked for
    describe     what then describes it, (view, executable) -> Interpreter: whoever makes the view knows how
    options      what the host asked for: {"paths": [...], "env_files": [...], ...}
    deadline     `time.monotonic()` at which the whole snapshot must have answered
    """

    live = True

    def __init__(self, options=None, deadline=None):
        self.options = options or {}
        self.deadline = deadline if deadline is not None else time.monotonic() + 3600
        self.process = None
        self.executable = None
        self.without = self.guess = None
        self.describe = self._interpreter = None

    @property
    def interpreter(self):
        # Lazy, so that what fails or hangs in there costs only the sections that need it.
        if self._interpreter is None and self.executable is not None:
            self._interpreter = self.describe(self, self.executable)
        return self._interpreter

    @interpreter.setter
    def interpreter(self, found):
        self._interpreter = found

    def required_interpreter(self):
        """The interpreter. Raises Absent where there is none, Unavailable where it cannot be described."""
        found = self.interpreter
        if found is None:
            raise self.without or Absent("no Python interpreter is there")
        if found.foreign:
            raise Unavailable(found.foreign)
        return found

    def read(self, path, limit=READ_LIMIT, follow=False, start=0):
        """At most `limit` bytes of a regular file; TooLarge beyond it, NotRegular for anything else.

        The last component is not followed when it is a link, unless `follow`: a METADATA linked to
        /etc/shadow must not be read. `start` > 0 reads a window and never raises TooLarge.
        """
        descriptor, size = self._open(path, follow)
        try:
            if start:
                return os.pread(descriptor, limit, start)
            if size > limit:
                raise TooLarge()
            return drain(descriptor, limit, size)
        finally:
            os.close(descriptor)

    def head(self, path, size, follow=True):
        """The first `size` bytes of a regular file: for magic numbers and headers."""
        descriptor, whole = self._open(path, follow)
        try:
            # A buffer of a generous bound costs more than the read; files in /proc say size 0.
            return os.pread(descriptor, min(size, whole or size), 0)
        finally:
            os.close(descriptor)

    def _open(self, path, follow):
        """(descriptor, size) of a regular file. Raises NotRegular for anything else."""
        try:
            descriptor = os.open(path, _FOLLOWED if follow else _AS_IT_IS)
        except OSError as error:
            if error.errno == errno.ELOOP and not follow:
                raise NotRegular()
            raise
        status = os.fstat(descriptor)
        if not stat_module.S_ISREG(status.st_mode):
            os.close(descriptor)
            raise NotRegular()
        return descriptor, status.st_size

    def names(self, path):
        """The names in a directory, unsorted."""
        return os.listdir(path)

    def stat(self, path, follow=True):
        """The `os.stat_result` of a path."""
        return os.stat(path) if follow else os.lstat(path)

    def link(self, path):
        """Where a symbolic link points, as written."""
        return os.readlink(path)

    def real(self, path):
        """The path with every link resolved."""
        return os.path.realpath(path)

    def exists(self, path):
        """Whether something is there; an unreadable parent counts as not there."""
        try:
            self.stat(path)
        except OSError:
            return False
        return True

    def reduced(self, path, reduce):
        """`reduce(at)` of a regular file, links followed: what is wanted of a file that is too big to be kept.

        `at(offset, size)` gives fewer bytes at the file's end. A stream cannot be asked twice: its view has called
        the function as the file went by, for the paths that collectors name in REDUCES, and answers as it did.
        """
        descriptor, whole = self._open(path, True)
        try:
            first = os.pread(descriptor, FIRST, 0)
            seen = len(first)

            def at(offset, size):
                if offset + size <= seen or seen < FIRST:
                    return first[offset : offset + size]
                # No buffer beyond what there is to read.
                return os.pread(descriptor, min(size, max(0, whole - offset) or size), offset)

            return reduce(at)
        finally:
            os.close(descriptor)

    def text(self, path, limit=READ_LIMIT, follow=True):
        """A small text file, undecodable bytes kept visible as escapes."""
        return self.read(path, limit, follow=follow).decode("utf-8", "backslashreplace")


def drain(descriptor, limit, size=0):
    """All that a descriptor gives; TooLarge beyond `limit` bytes. `size`: what fstat says of a regular file."""
    # One byte more is asked for, so that its absence tells the end without another read. Files in /proc say size 0,
    # and others grow: the size is a hint, and never the measure.
    part = os.read(descriptor, min(limit, size) + 1 if size else _STEP)
    if size and len(part) == size:
        return part
    parts = []
    left = limit + 1
    while part:
        parts.append(part)
        left -= len(part)
        if left <= 0:
            raise TooLarge()
        part = os.read(descriptor, min(left, _STEP))
    return parts[0] if len(parts) == 1 else b"".join(parts)
