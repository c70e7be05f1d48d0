"""Where a line belongs in a compose file or a manifest: edits of the text, so that comments and order stay.

Every edit is tried on the text and read again before it is given: one that would not say what it is meant to is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from parity.declared.containers.document import Node, NotYaml, documents
from parity.declared.containers.image import is_server, server_of
from parity.declared.facts import Place
from parity.fix.model import Edit
from parity.fix.patch import applied

_STEP = 2
_COMMENT = re.compile(r"\s+#.*")
_TEMPLATE = ("spec", "template", "spec")
_PODS = {"Pod": ("spec",), "CronJob": ("spec", "jobTemplate", *_TEMPLATE)}
_WORKLOADS = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Rollout"})


@dataclass(frozen=True)
class Yaml:
    """One file of YAML, by the lines of its nodes."""

    path: str
    text: str

    @cached_property
    def roots(self) -> tuple[Node, ...]:
        """Its documents; none where it is no YAML."""
        try:
            return tuple(documents(self.text))
        except NotYaml:
            return ()

    @cached_property
    def lines(self) -> list[str]:
        """Its lines."""
        return [line.rstrip("\r") for line in self.text.split("\n")]

    # Compose

    def service(self, name: str | None = None) -> Node | None:
        """The service of that name, else the only one that is the project's own."""
        services = self.roots[0].get("services") if self.roots else None
        found = {key: node for key, node, _ in services.pairs()} if services else {}
        if name in found:
            return found[name]
        built = [node for node in found.values() if node.get("build") is not None]
        own = built or [node for node in found.values() if not is_server(node.said("image") or "")]
        return own[0] if len(own) == 1 else None

    def server(self) -> Node | None:
        """The service that is a PostgreSQL."""
        services = self.roots[0].get("services") if self.roots else None
        for _, node, line in services.pairs() if services else ():
            if server_of(node.said("image") or "", Place(self.path, line)) is not None:
                return node
        return None

    # Kubernetes

    def container(self, workload: str | None = None) -> tuple[Node, Node] | None:
        """(pod's specification, container) of the workload of that name, else of the only one there is."""
        found = [(name, pod) for name, pod in self._pods()]
        named = [one for one in found if one[0] == workload] or (found if workload is None else [])
        if len(named) != 1:
            return None
        pod = named[0][1]
        own = [one for one in pod.each("containers") if not is_server(one.said("image") or "")]
        return (pod, own[0]) if len(own) == 1 else None

    def _pods(self) -> Iterator[tuple[str, Node]]:
        for root in self.roots:
            for one in [root, *root.each("items")] if root.said("kind") == "List" else [root]:
                kind = one.said("kind") or ""
                path = _PODS.get(kind) or (_TEMPLATE if kind in _WORKLOADS else None)
                pod = one.get(*path) if path else None
                if pod is not None:
                    yield one.said("metadata", "name") or "", pod

    # Both

    def put(self, node: Node, path: tuple[str, ...], value: str) -> Edit | None:
        """`value`, as YAML writes it, below the keys: put in the place of another, or added with what is missing."""
        at, rest = self._deepest(node, path)
        if not rest:
            return self._replaced(node, path, value)
        block = [f"{' ' * _STEP * depth}{key}:" for depth, key in enumerate(rest)]
        block[-1] = f"{block[-1]} {value}" if value else block[-1]
        return self._checked(self._inserted(at, block))

    def item(self, node: Node, path: tuple[str, ...], block: tuple[str, ...]) -> Edit | None:
        """One more element of the sequence below the keys; its lines as they stand after the dash."""
        written = [f"{'- ' if place == 0 else '  '}{line}" for place, line in enumerate(block)]
        sequence = node.get(*path)
        if sequence is not None and sequence.elements:
            first = sequence.elements[0]
            line = self._dashed(first.line)
            if line is None:
                return None
            return self._checked(
                Edit(self.path, line, 0, tuple(_indent(self.lines[line - 1]) + one for one in written))
            )
        at, rest = self._deepest(node, path)
        if not rest:
            return None
        heads = [f"{' ' * _STEP * depth}{key}:" for depth, key in enumerate(rest)]
        below = " " * _STEP * len(rest)
        return self._checked(self._inserted(at, [*heads, *(below + line for line in written)]))

    def without(self, node: Node, key: str, line: int) -> Edit | None:
        """The key's line away."""
        return (
            self._checked(Edit(self.path, line, 1, ())) if self.lines[line - 1].strip().startswith(f"{key}:") else None
        )

    def line_with(self, line: int, old: str, new: str) -> Edit | None:
        """The line with another text in it."""
        before = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        if before.count(old) != 1:
            return None
        return self._checked(Edit(self.path, line, 1, (before.replace(old, new),)))

    def _deepest(self, node: Node, path: tuple[str, ...]) -> tuple[Node, tuple[str, ...]]:
        """The last mapping on the way, and the keys that it lacks."""
        for place, key in enumerate(path):
            below = next((value for name, value in node.entries if name.text == key), None)
            if below is None or not (below.entries or place == len(path) - 1):
                return node, path[place:] if below is None else ()
            node = below
        return node, ()

    def _replaced(self, node: Node, path: tuple[str, ...], value: str) -> Edit | None:
        for key in path[:-1]:
            below = next((value_ for name, value_ in node.entries if name.text == key), None)
            if below is None:
                return None
            node = below
        name, old = next(((name, one) for name, one in node.entries if name.text == path[-1]), (None, None))
        if name is None or old is None or old.text is None or old.line != name.line or not value:
            return None
        line = self.lines[name.line - 1]
        head, colon, rest = line.partition(":")
        comment = _COMMENT.search(rest)
        return self._checked(Edit(self.path, name.line, 1, (f"{head}{colon} {value}{comment[0] if comment else ''}",)))

    def _inserted(self, mapping: Node, block: list[str]) -> Edit | None:
        """The block before the mapping's first key that stands on a line of its own."""
        for name, _ in mapping.entries:
            line = self.lines[name.line - 1] if name.line else ""
            if line.lstrip().startswith((f"{name.text}:", f'"{name.text}":', f"'{name.text}':")):
                return Edit(self.path, name.line, 0, tuple(_indent(line) + one for one in block))
        first = mapping.entries[0] if mapping.entries else None
        if first is None or first[1].text is None or first[0].line != first[1].line:
            return None
        line = self.lines[first[0].line - 1]
        below = " " * (len(line) - len(line.lstrip(" -")))
        return Edit(self.path, first[0].line + 1, 0, tuple(below + one for one in block)) if "- " in line else None

    def _dashed(self, line: int) -> int | None:
        return line if 0 < line <= len(self.lines) and self.lines[line - 1].lstrip().startswith("- ") else None

    def _checked(self, edit: Edit | None) -> Edit | None:
        """The edit, if the text is still YAML with it, of as many documents."""
        if edit is None:
            return None
        try:
            after = documents(applied(self.text, [edit]))
        except NotYaml:
            return None
        return edit if len(after) == len(self.roots) else None


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]
