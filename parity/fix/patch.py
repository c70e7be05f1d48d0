"""Edits of several remedies as one unified diff, which `git apply` and `patch -p1` take as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff

from parity.fix.model import Edit

_NO_END = "\\ No newline at end of file\n"


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits in it; of two that take away the same line the first holds."""
    end = _line_end(text)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    closed = text.endswith("\n") or not text
    chosen = sorted(dict.fromkeys(_apart(edits)), key=lambda one: (one.line, one.removed))
    for one in reversed(_joined(chosen)):
        start = min(one.line, len(lines) + 1) - 1
        lines[start : start + one.removed] = [line + end for line in one.lines]
        closed = closed or start >= len(lines) - len(one.lines)
    return "\n".join(lines) + ("\n" if closed and lines else "")


def patch(texts: Mapping[str, str], edits: Iterable[Edit]) -> str:
    """The diff of every file that the edits change; a file that `texts` does not hold is a new one."""
    named: dict[str, list[Edit]] = {}
    for one in edits:
        named.setdefault(one.path, []).append(one)
    return "".join(_of_file(path, texts.get(path), named[path]) for path in sorted(named))


def _of_file(path: str, before: str | None, edits: list[Edit]) -> str:
    old = before or ""
    new = applied(old, edits)
    if new == old:
        return ""
    source = "/dev/null" if before is None else f"a/{path}"
    # difflib breaks lines at more than a newline, git does not.
    parts = list(unified_diff(_lines(old), _lines(new), source, f"b/{path}", n=3))
    mode = "new file mode 100644\n" if before is None else ""
    return f"diff --git a/{path} b/{path}\n{mode}" + "".join(map(_ended, parts))


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()
    return lines if last == "\n" else [*lines, last[:-1]]


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _line_end(text: str) -> str:
    """What stands before the newline of this text's lines."""
    first = text.partition("\n")[0]
    return "\r" if first.endswith("\r") else ""


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    gone: set[int] = set()
    for one in edits:
        lines = set(range(one.line, one.line + one.removed))
        if not lines & gone:
            gone |= lines
            yield one


def _joined(edits: list[Edit]) -> list[Edit]:
    """Insertions before one line as a single one, in their order."""
    found: list[Edit] = []
    for one in edits:
        if found and one.removed == 0 and found[-1].removed == 0 and found[-1].line == one.line:
            together = _grown if one.path.endswith((".yaml", ".yml")) else _beside
            found[-1] = Edit(one.path, one.line, 0, together(found[-1].lines, one.lines))
        else:
            found.append(one)
    return found


def _beside(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """One block after the other; two between the same lines (USER root … USER app) as one between them."""
    if len(first) > 2 and len(second) > 2 and (first[0], first[-1]) == (second[0], second[-1]):
        return (*first[:-1], *second[1:])
    return first + second


def _grown(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Blocks of YAML as one: what stands below the same key in both comes below it once."""
    lines = list(first)
    place = len(lines)
    for line in second:
        if line in lines:
            place = lines.index(line) + 1
            depth = _depth(line)
            while place < len(lines) and _depth(lines[place]) > depth:
                place += 1
        else:
            lines.insert(place, line)
            place += 1
    return tuple(lines)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
