"""Where in a file a word stands that any reader of variables, modules, programs or pools needs.

A tree has a hundred nodes where a line is worth looking into; a few searches through the text say which lines those
are, and which blocks hold none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

# Each is looked for by itself: a search for plain bytes is many times as fast as one regular expression for all.
_WORDS = (
    *(b"Env(", b"onfig(", b"expandvars", b"prefixed", b"expanduser", b"Path.home", b"breakpoint("),
    *(b"find_spec", b"importorskip", b"MIDDLEWARE", b"AUTHENTICATION_BACKENDS"),
    *(b"subprocess", b"which(", b"create_pool", b"ConnectionPool"),
    *(b"CONN_MAX_AGE", b"ENGINE_OPTIONS", b"DATABASES", b"dj_database_url"),
    *(b"down_revision", b"migrations.Migration", b"__depends__"),
)
_FAMILIES = {
    b"env": (b"environ", b"getenv", b"envvar", b"env_var"),
    b"os.": (b"os.system", b"os.exec", b"os.spawn", b"os.popen", b"os.posix_spawn"),
    b"_APPS": (b"INSTALLED_APPS", b"THIRD_PARTY_APPS"),
    b"import_": (b"import_module", b"import_string", b"__import__"),
    b"er_class": (b"worker_class", b"logger_class"),
    b"celery": (b"Celery(",),
    b"markdown": (b"xtensions=", b"EXTENSIONS"),
    b"getpass": (b"getuser",),
    b"tempfile": (b"emporary", b"mkdtemp", b"mkstemp", b"gettempdir"),
    b"urllib": (b"urlopen", b"urlretrieve", b"build_opener", b"getproxies"),
    b"curses": (b"setupterm", b"initscr", b"curses.wrapper"),
    b"ngine": (b"ate_engine", b"async_engine", b"engine_from_config"),
}
"""Words by a part that they share: where that is not, none of them need be looked for."""
_LITERALS = re.compile(rb'"[A-Z][A-Z0-9_]{2,}"'), re.compile(rb"'[A-Z][A-Z0-9_]{2,}'")
"""What may be a variable's name. Each begins with one character alone, which is six times as fast as one of two."""
_READS = (b"environ", b"getenv")
_MAX_WORDS = 40


class Telling:
    """The places in one file that are worth looking into."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        words = [word for word in _WORDS if word in text]
        words += [word for part, several in _FAMILIES.items() if part in text for word in several if word in text]
        self._found = [one.start() for literal in _LITERALS for one in literal.finditer(text)]
        for word in words:
            self._found += _places(text, word)
        self._found.sort()
        self._reads = sorted(at for word in _READS if word in words for at in _places(text, word))
        self._added: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._found)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins, and where the last one ends."""
        return list(accumulate(map(len, self._text.splitlines(keepends=True)), initial=0))

    def add(self, word: str) -> None:
        """Count a name as telling too: the file binds it to a reader."""
        if word and word not in self._added and len(self._added) < _MAX_WORDS and self._found:
            self._added.add(word)
            for at in _places(self._text, word.encode()):
                insort(self._found, at)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The positions of the lines from one to another, both counted from 1."""
        return self._starts[first - 1], self._starts[min(last, len(self._starts) - 1)]

    def between(self, start: int, end: int) -> bool:
        """Whether there is a telling word from one position to another."""
        return _any_between(self._found, start, end)

    def within(self, first: int, last: int) -> bool:
        """Whether there is one from one line to another."""
        return bool(self._found) and self.between(*self.span(first, last))

    def imports(self, start: int, end: int) -> bool:
        """Whether anything may be imported from one position to another."""
        return self._text.find(b"import", start, end) >= 0

    def reads(self, start: int, end: int) -> bool:
        """Whether the environment itself is named from one position to another."""
        return _any_between(self._reads, start, end)


def _any_between(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _places(text: bytes, word: bytes) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        # What is said of an environment, in words, is no read of it.
        if word != b"environ" or text[at + 7 : at + 8] != b"m":
            yield at
        at = text.find(word, at + 1)
