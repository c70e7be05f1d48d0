"""What is kept of the content of a file that passes by once: what a collector declares that it reads.

READS    the whole content, within bounds
REDUCES  what a function makes of it, so that thousands of libraries cost what is told of them
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import translate
from functools import cache
from importlib import import_module
from pickle import dumps
from typing import Any

from parity import sections
from parity.archive.stream import Source
from parity.archive.tar import Member

MOST_KEPT = 80 << 20
"""Bytes of content that are kept of a whole archive."""

MOST_OF_ONE = 64 << 20
"""Bytes of a file that is kept whole."""

WHOLE = 40 << 20
EDGE = 8 << 20
"""A function sees a file of up to WHOLE bytes whole, and of a larger one so much of its start and of its end: where
the tables of a library are, unless it is one of the very largest."""

SCRIPT = 512
"""Bytes of a script in which it names its interpreter."""

Reducer = Callable[[Callable[[int, int], bytes]], Any]


class NotKept(OSError):
    """A file whose content has passed by."""

    def __init__(self) -> None:
        super().__init__(errno.ENODATA, "its content was not kept")


class Pieces:
    """The bytes of a file, or of some places in it, as they came."""

    __slots__ = ("_parts", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self._parts: list[tuple[int, bytes]] = []

    def add(self, start: int, parts: Iterable[bytes]) -> None:
        """The bytes from `start` on; places are added in their order."""
        for part in parts:
            self._parts.append((start, part))
            start += len(part)

    def at(self, offset: int, size: int) -> bytes:
        """Bytes of a place, fewer at the end of the file. Raises NotKept where they are not there."""
        end = min(offset + size, self.size)
        found = []
        for start, part in self._parts:
            if start <= offset < start + len(part) and offset < end:
                piece = part[offset - start : end - start]
                found.append(piece)
                offset += len(piece)
        if offset < end:
            raise NotKept
        return found[0] if len(found) == 1 else b"".join(found)


class Failure:
    """What a function raised, for the collector that will ask."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error.with_traceback(None)


class Kept:
    """What is left of one file: its content, whole or not at all, and what functions made of it."""

    __slots__ = ("content", "results")

    def __init__(self, content: Pieces | None, results: Mapping[Reducer, Any]) -> None:
        self.content = content
        self.results = results


def script(at: Callable[[int, int], bytes]) -> bytes | None:
    """The first bytes of a script; None for a file that is none."""
    return at(0, SCRIPT) if at(0, 2) == b"#!" else None


class Keeper:
    """Keeps what the collectors read, `also` the files of these patterns, and how executable scripts begin."""

    def __init__(self, also: Iterable[str] = ()) -> None:
        self.left = MOST_KEPT
        self._reads = _Patterns([*_declared()[0], *also])
        self._reduces = [(function, _Patterns(patterns)) for function, patterns in _declared()[1].items()]
        self._same: dict[tuple[Reducer, object], Kept] = {}

    def keep(self, source: Source, member: Member, path: str) -> Kept | None:
        """What is kept of a regular file, whose content comes next; None for nothing."""
        size = member.size
        if not member.plain:
            return None
        whole = size <= min(MOST_OF_ONE, self.left) and self._reads.match(path)
        functions = [function for function, patterns in self._reduces if patterns.match(path)]
        if member.owner[0] & 0o111:
            functions.append(script)
        if not whole and not functions:
            return None
        content = self._content(source, size, whole, functions)
        results: dict[Reducer, Any] = {}
        for function in functions:
            result = _result(function, content)
            weight = _weight(result)
            if weight <= self.left:
                results[function] = result
                self.left -= weight
        if whole:
            self.left -= size
            return Kept(content, results)
        if results.get(script, 0) is None:
            del results[script]
        return self._shared(results) if results else None

    def _content(self, source: Source, size: int, whole: bool, functions: list[Reducer]) -> Pieces:
        content = Pieces(size)
        if not whole and functions == [script]:
            content.add(0, source.pieces(min(size, SCRIPT)))
        elif whole or size <= WHOLE:
            content.add(0, source.pieces(size))
        else:
            content.add(0, source.pieces(EDGE))
            source.skip(size - 2 * EDGE)
            content.add(size - EDGE, source.pieces(EDGE))
        return content

    def _shared(self, results: dict[Reducer, Any]) -> Kept:
        """One object for the many files of which the same is told."""
        if len(results) == 1:
            ((function, result),) = results.items()
            if isinstance(result, bool):
                return self._same.setdefault((function, result), Kept(None, results))
        return Kept(None, results)


def _result(function: Reducer, content: Pieces) -> Any:
    try:
        return function(content.at)
    except Exception as error:
        # Whatever it is, it is raised again in the collector that asks, and costs that one's section only.
        return Failure(error)


def _weight(result: Any) -> int:
    """About the bytes that it takes in memory: of a hostile file a function may make more than the file has."""
    return 0 if result is None or isinstance(result, bool | Failure) else len(dumps(result))


@cache
def _declared() -> tuple[tuple[str, ...], dict[Reducer, list[str]]]:
    """Every collector's READS, and {function: path patterns} of their REDUCES."""
    reads: list[str] = []
    reduces: dict[Reducer, list[str]] = {}
    for name in sections.names():
        collector = import_module(f"parity.probe.collectors.{name}")
        reads += collector.READS
        for pattern, function in getattr(collector, "REDUCES", ()):
            reduces.setdefault(function, []).append(pattern)
    return tuple(dict.fromkeys(reads)), reduces


_WILD = re.compile(r"[*?]|\[[^]]*\]")


class _Patterns:
    """Many fnmatch patterns, asked of ten thousands of paths of which hardly any matches.

    A path that does not end as a pattern does, nor holds the longest plain words of one that ends openly, needs no
    regular expression.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        endings, words = set(), set()
        for pattern in patterns:
            plain = _WILD.split(pattern)
            if plain[-1]:
                endings.add(plain[-1])
            else:
                words.add(max(plain, key=len))
        self._endings = tuple(endings)
        self._words = tuple(words)
        self._exact = re.compile("|".join(translate(pattern) for pattern in patterns)).match

    def match(self, path: str) -> bool:
        """Whether one of them matches."""
        if not path.endswith(self._endings) and not any(word in path for word in self._words):
            return False
        return self._exact(path) is not None
