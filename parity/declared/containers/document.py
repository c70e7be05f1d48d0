"""YAML as a tree with the line of each node, and nothing built of it.

Read event by event, so that depth, size and aliases are bounded before they cost anything: an alias is the node that
it names, not a copy. Format: yaml.org, "YAML 1.2", and 1.1's merge key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yaml.events import Event

MAX_BYTES = 1 << 20
MAX_NODES = 200_000
MAX_DEPTH = 64
_MERGES = 8
"""Maps that are merged into one another."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class NotYaml(ValueError):
    """The text is no YAML, or more than is read. `str()` of it is a clause: "not YAML at line 3"."""


@dataclass(slots=True, eq=False)
class Node:
    """A scalar, a sequence or a mapping."""

    line: int
    text: str | None = None
    """A scalar's; None for the others."""
    null: bool = False
    elements: list[Node] = field(default_factory=list)
    entries: list[tuple[Node, Node]] = field(default_factory=list)

    def pairs(self, left: int = _MERGES) -> Iterator[tuple[str, Node, int]]:
        """(key, value, line of the key) of a mapping, what is merged into it after its own."""
        merged: list[Node] = []
        for key, value in self.entries:
            if key.text == "<<":
                merged += value.elements or [value]
            elif key.text is not None:
                yield key.text, value, key.line
        if left and merged:
            own = {key.text for key, _ in self.entries}
            for one in merged:
                for name, value, line in one.pairs(left - 1):
                    if name not in own:
                        yield name, value, line

    def get(self, *path: str) -> Node | None:
        """What stands below the keys, one inside of the other."""
        node: Node | None = self
        for name in path:
            if node is None:
                return None
            node = next((value for key, value, _ in node.pairs() if key == name), None)
        return node

    def said(self, *path: str) -> str | None:
        """The text of the scalar below the keys; None where there is none, or it is null."""
        node = self.get(*path)
        return None if node is None or node.null else node.text

    def each(self, *path: str) -> Iterator[Node]:
        """The elements of the sequence below the keys."""
        node = self.get(*path)
        yield from node.elements if node is not None else ()


def documents(text: str) -> list[Node]:
    """The roots of the documents in a text. Raises NotYaml."""
    import yaml

    if len(text) > MAX_BYTES:
        raise NotYaml("too large to be read")
    # The one in C is ten times as fast, and not in every build.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    building = _Building()
    try:
        for event in yaml.parse(text, Loader=loader):
            building.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYaml(f"not YAML at line {mark.line + 1}" if mark else "not YAML") from None
    except (yaml.YAMLError, UnicodeError):
        raise NotYaml("not YAML: a character that it does not allow") from None
    return building.roots


class _Building:
    """Puts events together, with a stack of its own."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self._open: list[tuple[Node, list[Node] | None]] = []
        """The collections that have not ended; of a mapping with the key that waits for its value."""
        self._anchors: dict[str, Node] = {}
        self._count = 0

    def take(self, event: Event) -> None:
        kind = type(event).__name__
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._open.pop()
            return
        if kind == "AliasEvent":
            node = self._anchors.get(event.anchor)  # type: ignore[attr-defined]
            self._put(node if node is not None else Node(0, null=True))
        elif kind in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent"):
            self._start(event, kind)
        elif kind == "DocumentStartEvent":
            self._anchors.clear()

    def _start(self, event: Any, kind: str) -> None:
        self._count += 1
        if self._count > MAX_NODES or len(self._open) >= MAX_DEPTH:
            raise NotYaml("nested too deeply to be read" if self._count <= MAX_NODES else "too large to be read")
        mark = event.start_mark
        node = Node(mark.line + 1 if mark else 0)
        if kind == "ScalarEvent":
            node.text = event.value
            # Without quotes, an empty or null scalar is no text.
            node.null = event.value in _NULLS and not event.implicit[1]
        if event.anchor:
            self._anchors[event.anchor] = node
        self._put(node)
        if kind != "ScalarEvent":
            self._open.append((node, [] if kind == "MappingStartEvent" else None))

    def _put(self, node: Node) -> None:
        if not self._open:
            self.roots.append(node)
            return
        parent, waiting = self._open[-1]
        if waiting is None:
            parent.elements.append(node)
        elif waiting:
            parent.entries.append((waiting.pop(), node))
        else:
            waiting.append(node)
