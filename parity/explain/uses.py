"""What the failing path uses: names by their dotted origin, and texts, each with how near to the failure it stands.

A name is used on the failing line, in a condition that led to it, for a value that the line names (through assignments,
loops, and what is called on a name before), in the function that fails, in the program's own functions that it calls,
or elsewhere in the file.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from parity.explain.file_uses import File, Use, named, texts
from parity.explain.flow import header, own_source, statement
from parity.explain.model import Frame
from parity.explain.places import Place
from parity.explain.sources import Source, dotted, enclosing

LINE, LIBRARY, OUTER, VALUE, CALLED, FUNCTION, FILE = 1.0, 0.95, 0.93, 0.93, 0.88, 0.6, 0.3
"""How near: on the line that fails; a library's function on the path; on a line that led there; what a value came from;
in a function called for one; in the function that fails; in its file."""

_STEP = 0.97
"""Of a nearness, for each assignment or call that leads on."""
_STEPS, _DEEP, _FRAMES, _PLACES = 6, 3, 8, 60


@dataclass(frozen=True)
class Uses:
    """Everything that the failing path uses, with how near it is, 0 to 1."""

    names: Mapping[Use, float] = field(default_factory=dict)
    texts: Mapping[tuple[str, str, int], float] = field(default_factory=dict)
    """{(literal, file, line): nearness}."""


def uses(
    own: Sequence[tuple[Frame, Source]], path: Sequence[tuple[Frame, Place]], sources: Mapping[str, Source]
) -> Uses:
    """What is used along a path: `own`, the frames whose source is at hand; `path`, all of them; innermost first."""
    walk = _Walk(sources)
    for depth, (frame, source) in enumerate(own[:_FRAMES]):
        walk.frame(source, frame, _STEP**depth, LINE if depth == 0 else OUTER)
    for source in {id(source): source for _, source in own}.values():
        walk.region(_file(source), None, FILE)
    for frame, place in path[:_PLACES]:
        if place.kind in ("package", "stdlib") and place.module and frame.function not in ("", "<module>"):
            walk.add(Use(f"{place.module}.{frame.function}", frame.file, frame.line or 0), LIBRARY)
    if not own:
        for frame, place in path[:_FRAMES]:
            walk.quoted(frame, LINE if place.kind == "own" else FUNCTION)
    return Uses(walk.names, walk.texts)


@lru_cache(maxsize=64)
def _file(source: Source) -> File:
    """One for all the failures of a log that go through the file."""
    return File(source)


class _Walk:
    """Collects, and keeps of each use the nearest place."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        self.names: dict[Use, float] = {}
        self.texts: dict[tuple[str, str, int], float] = {}

    def add(self, use: Use, near: float) -> None:
        self.names[use] = max(near, self.names.get(use, 0.0))

    def frame(self, source: Source, frame: Frame, factor: float, near: float) -> None:
        """The statement of a frame, what led to it, what its values are made of, and the function around it."""
        held = _file(source)
        found = statement(source.tree, frame.line) if frame.line else None
        scope = enclosing(source.tree, frame.function, frame.line) if frame.function not in ("", "<module>") else None
        if found is not None:
            self.values(held, list(header(found)), scope, near * factor, VALUE * factor)
            for around in held.around(found):
                self.values(held, list(header(around)), scope, VALUE * factor, VALUE * factor * _STEP)
                if isinstance(around, ast.For | ast.AsyncFor) and held.is_set(around.iter, scope):
                    self.add(Use("<set order>", source.file, around.lineno), VALUE * factor)
        if scope is not None:
            self.region(held, scope, FUNCTION * factor)
            self.follow(held, ast.walk(scope), FUNCTION * factor * _STEP, _DEEP)

    def values(self, held: File, parts: list[ast.AST], scope: ast.AST | None, near: float, further: float) -> None:
        """What stands in some expressions, and, step by step, what their names were assigned from."""
        seen: set[tuple[str, str]] = set()
        waiting = [(held, part, scope) for part in parts]
        for step in range(_STEPS):
            reached: list[tuple[File, ast.AST, ast.AST | None]] = []
            weight = near if step == 0 else further * _STEP ** (step - 1)
            for where, part, inside in waiting:
                self.within(where, part, inside, weight)
                self.follow(where, ast.walk(part), min(weight, CALLED) * _STEP, _DEEP)
                for name in named(part):
                    if (where.source.file, name) not in seen:
                        seen.add((where.source.file, name))
                        reached += [(where, value, inside) for value in where.values(name, inside)]
                        reached += self._elsewhere(where, name)
            waiting = reached

    def _elsewhere(self, held: File, name: str) -> Iterator[tuple[File, ast.AST, ast.AST | None]]:
        """What a name is in the file of the program's own that it was imported from."""
        imported = held.imported.get(name)
        source = own_source(imported, self.sources) if imported else None
        if imported and source is not None:
            other = _file(source)
            yield from ((other, value, None) for value in other.values(imported.rpartition(".")[2], None))

    def follow(self, held: File, nodes: Iterable[ast.AST], near: float, deep: int) -> None:
        """Into the program's own functions that are called."""
        for node in nodes if deep else ():
            if isinstance(node, ast.Call):
                for other, function in self._called(held, dotted(node.func)):
                    key = Use(f"<function {function.name}>", other.source.file, function.lineno)
                    if self.names.get(key, 0.0) < near:
                        self.add(key, near)
                        self.region(other, function, near)
                        self.follow(other, ast.walk(function), near * _STEP, deep - 1)

    def _called(self, held: File, name: str) -> Iterator[tuple[File, ast.FunctionDef | ast.AsyncFunctionDef]]:
        first, _, last = name.rpartition(".")
        if first in ("", "self", "cls") and last in held.functions:
            yield from ((held, one) for one in held.functions[last])
        elif name:
            full = held.resolved(name)
            source = own_source(full, self.sources)
            if source is not None and source is not held.source:
                other = _file(source)
                yield from ((other, one) for one in other.functions.get(full.rpartition(".")[2], ()))

    def region(self, held: File, scope: ast.AST | None, near: float) -> None:
        """Everything in a function, or in a whole file."""
        for use in held.all_uses(scope):
            self.add(use, near)
        for text, line in held.all_texts(scope):
            key = (text, held.source.file, line)
            self.texts[key] = max(near, self.texts.get(key, 0.0))

    def within(self, held: File, part: ast.AST, scope: ast.AST | None, near: float) -> None:
        for use in held.uses(part, scope):
            self.add(use, near)
        for text, line in texts(part):
            key = (text, held.source.file, line)
            self.texts[key] = max(near, self.texts.get(key, 0.0))

    def quoted(self, frame: Frame, near: float) -> None:
        """The line that the log quotes, where the source is not at hand."""
        tree = _line(frame.code)
        if tree is not None:
            self.region(File(Source(frame.file, tree, frame.code), whole=False), None, near)


def _line(code: str) -> ast.Module | None:
    """One line by itself; the head of a block gets a body."""
    return _parsed(code) or _parsed(f"{code} pass")


def _parsed(code: str) -> ast.Module | None:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
