"""The lines of one traceback into the exceptions that they tell of, in the order in which they were raised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from parity.explain.log import forms
from parity.explain.model import Frame, How, Raised
from parity.explain.scrub import scrub

Numbered: TypeAlias = "tuple[int, str]"
"""(number of the line in the log, its text)."""

MESSAGE = 4_000
FRAMES = 200
CODE = 400
DEPTH = 50
"""Groups within groups that are followed; Python itself stops at ten."""


def parse(lines: Sequence[Numbered]) -> tuple[Raised, ...]:
    """Exceptions with frames, messages and how each led to the next; () where the lines tell of none."""
    root = _sections(lines)
    chain = tuple(_chain(root, 0))
    return (*chain[:-1], replace(chain[-1], how=None)) if chain else ()


# Groups: a tree of sections, drawn with a margin


@dataclass(slots=True)
class _Section:
    """Lines that stand at one depth, and the members of a group that stand below one of them."""

    column: int
    lines: list[Numbered] = field(default_factory=list)
    members: list[tuple[int, _Section]] = field(default_factory=list)
    """(how many lines of the section stand before it, the member)."""


def _sections(lines: Sequence[Numbered]) -> _Section:
    root = _Section(-1)
    if not any(forms.GROUP_OPENS in text for _, text in lines):
        root.lines = list(lines)
        return root
    stack = [root]
    for number, text in lines:
        found = forms.MARGIN.match(text)
        # The outermost group hangs at column two with nothing around it: it is the root itself.
        column = len(found[1]) if found else -1
        if not found or (column <= 2 and found[2] == "+" and forms.GROUP_OPENS in text):
            del stack[1:]
            root.lines.append((number, found[3].removeprefix(" ") if found else text))
        elif found[2] == "|":
            _back_to(stack, column)
            stack[-1].lines.append((number, found[3].removeprefix(" ")))
        elif forms.SEPARATOR.match(found[3]):
            _member(stack, column, found[3])
    return root


def _back_to(stack: list[_Section], column: int) -> None:
    while len(stack) > 1 and stack[-1].column > column:
        stack.pop()


def _member(stack: list[_Section], column: int, text: str) -> None:
    """A line between members: `+-+--- 1 ---` opens the first, `+--- 2 ---` the next, `+------` ends the last."""
    numbered = any(letter not in "+- " for letter in text)
    first = text.startswith("-+")
    below = column + 2 if first else column
    while len(stack) > 1 and stack[-1].column >= below:
        stack.pop()
    if numbered and len(stack) < DEPTH:
        member = _Section(below)
        stack[-1].members.append((len(stack[-1].lines), member))
        stack.append(member)


def _chain(section: _Section, depth: int) -> Iterator[Raised]:
    """A section's exceptions, each group's members before the group."""
    members = list(section.members)
    found = list(_plain(section.lines))
    for at, raised in enumerate(found):
        ends = found[at + 1].begins if at + 1 < len(found) else len(section.lines) + 1
        while members and members[0][0] < ends:
            inner = list(_chain(members.pop(0)[1], depth + 1))
            if inner:
                yield from (*inner[:-1], replace(inner[-1], how="member"))
        yield raised.raised


# One chain


@dataclass(slots=True)
class _Told:
    begins: int
    raised: Raised


@dataclass(slots=True)
class _Open:
    """An exception while its lines are read."""

    begins: int
    frames: list[Frame] = field(default_factory=list)
    type: str = ""
    said: list[str] = field(default_factory=list)
    at: int = 0
    indent: int = 0
    opened: bool = False
    """By its own first line; else only what looks like an exception's line is one."""

    def close(self, how: How | None) -> _Told | None:
        if not self.frames and not self.type:
            return None
        while self.said and self.said[-1].strip() in ("", "]"):
            self.said.pop()
        message = "\n".join(self.said)[:MESSAGE]
        frames = self.frames
        if len(frames) > FRAMES:
            frames = [*frames[: FRAMES // 2], *frames[-FRAMES // 2 :]]
        at = self.at or (frames[-1].at if frames else 0)
        scrubbed = tuple(replace(frame, code=scrub(frame.code)) for frame in frames)
        return _Told(self.begins, Raised(self.type, scrub(message)[:MESSAGE], scrubbed, at, how))


def _plain(lines: Sequence[Numbered]) -> Iterator[_Told]:
    now: _Open | None = None
    stack = False
    for index, (number, text) in enumerate(lines):
        how: How | None = "cause" if forms.CAUSE in text else "context" if forms.CONTEXT in text else None
        if how and now:
            if told := now.close(how):
                yield told
            now, stack = None, False
        elif forms.OPENS in text or forms.BOX_OPENS.match(text):
            if now and (told := now.close("context")):
                yield told
            now, stack = _Open(index, indent=_indent(text), opened=True), False
        elif forms.STACK_OPENS in text:
            stack = True
        elif not stack:
            now = now or _Open(index, indent=_indent(text) if not forms.is_frame(text) else max(_indent(text) - 2, 0))
            _read(now, number, text)
    if now and (told := now.close(None)):
        yield told


def _read(now: _Open, number: int, text: str) -> None:
    if now.type:
        now.said.append(text[now.indent :] if not text[: now.indent].strip() else text)
        return
    found = forms.FRAME.match(text) if 'File "' in text else forms.BOX_FRAME.match(text)
    if found:
        now.frames.append(Frame(found["file"], int(found["line"]), (found["function"] or "").strip(), "", number))
        return
    code = forms.BOX_CODE.match(text)
    if code:
        _quote(now, code["code"].strip("│ "))
    elif text.strip() and not forms.LOGURU_VALUE.match(text):
        if _indent(text) > now.indent and now.frames:
            if not forms.MARKS.match(text) and not forms.REPEATED.match(text):
                _quote(now, text.strip())
        elif (found := forms.EXCEPTION.match(text.strip())) and (
            now.opened or now.frames or forms.names_exception(found["type"])
        ):
            now.type, now.at = found["type"], number
            now.said.append(found["message"] or "")


def _quote(now: _Open, code: str) -> None:
    """A statement may be quoted over several lines."""
    if now.frames and code:
        last = now.frames[-1]
        now.frames[-1] = replace(last, code=f"{last.code} {code}".strip()[:CODE])


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
