"""Where a line belongs in a Dockerfile: edits that keep its comments, its stages and its user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parity.declared.containers.instructions import Instruction, instructions
from parity.fix.model import Edit

_ROOT = frozenset({"root", "0", "root:root", "0:0"})


@dataclass(frozen=True)
class Dockerfile:
    """One file. Every method gives an edit, or None where there is no place for it."""

    path: str
    text: str

    @cached_property
    def _all(self) -> tuple[Instruction, ...]:
        return tuple(instructions(self.text))

    @cached_property
    def stage(self) -> tuple[Instruction, ...]:
        """The instructions of the last stage, its FROM the first of them."""
        starts = [place for place, one in enumerate(self._all) if one.keyword == "FROM"]
        return self._all[starts[-1] :] if starts else ()

    def installed(self, *commands: str) -> Edit | None:
        """A RUN right after the last FROM, so that what changes more often comes after it in the cache."""
        return self._root(self._after(self.stage[0]), commands) if self.stage else None

    def prepared(self, *commands: str, path: str) -> Edit | None:
        """A RUN at the end of what is done as root, before a VOLUME of the path: what comes later there is lost."""
        if not self.stage:
            return None
        for one in self.stage:
            words = one.text.replace("[", " ").replace("]", " ").replace('"', " ").replace(",", " ").split()
            if one.keyword == "VOLUME" and path in words:
                return self._root(one.line, commands)
        return self._root(self._closing(), commands)

    def variable(self, name: str, value: str) -> Edit | None:
        """An ENV after every other, so that it holds."""
        if not self.stage:
            return None
        last = [one for one in self.stage if one.keyword == "ENV"] or [self.stage[0]]
        line = self._after(last[-1])
        return Edit(self.path, line, 0, (f"ENV {name}={value}",))

    def based_on(self, image: str) -> Edit | None:
        """The last stage on another image, its name and platform kept."""
        if not self.stage or self._after(self.stage[0]) != self.stage[0].line + 1:
            return None
        line = self.text.split("\n")[self.stage[0].line - 1].rstrip("\r")
        words = line.split()
        old = next((word for word in words[1:] if not word.startswith("--")), None)
        if old is None or "$" in old:
            return None
        return Edit(self.path, self.stage[0].line, 1, (line.replace(old, image, 1),))

    @cached_property
    def base(self) -> str:
        """The image that the last stage stands on, "" where a variable names it."""
        words = [word for word in self.stage[0].text.split() if not word.startswith("--")] if self.stage else []
        return words[0] if words and "$" not in words[0] else ""

    @cached_property
    def user(self) -> str | None:
        """The user that the last stage ends as, as written; None where it says nothing."""
        said = [one.text.strip() for one in self.stage if one.keyword == "USER"]
        return said[-1] if said else None

    def renamed(self, old: str, new: str, lines: Sequence[int]) -> tuple[Edit, ...]:
        """Another name for a variable on these lines."""
        return renamed(self.path, self.text, old, new, lines)

    def _root(self, line: int, commands: Sequence[str]) -> Edit:
        said = [one.text.strip() for one in self.stage if one.keyword == "USER" and one.line < line]
        user = said[-1] if said else self._inherited
        run = tuple(f"RUN {command}" for command in commands)
        if user and user not in _ROOT:
            return Edit(self.path, line, 0, ("USER root", *run, f"USER {user}"))
        return Edit(self.path, line, 0, run)

    @cached_property
    def _inherited(self) -> str:
        """The user of the earlier stage that the last one stands on, "" where it is none or an image's root."""
        user, wanted = "", self.base.lower()
        name, last = "", ""
        for one in self._all[: len(self._all) - len(self.stage)]:
            words = one.text.split()
            if one.keyword == "FROM":
                name, last = words[-1].lower() if len(words) > 2 and words[-2].upper() == "AS" else "", ""
            elif one.keyword == "USER":
                last = one.text.strip()
            if name and name == wanted:
                user = last
        return user

    def _closing(self) -> int:
        """The line before the last USER that is not root, else before how it starts, else the end of the file."""
        for keywords in (("USER",), ("CMD", "ENTRYPOINT", "HEALTHCHECK")):
            found = [one for one in self.stage if one.keyword in keywords and one.text.strip() not in _ROOT]
            if found:
                return found[-1].line if keywords == ("USER",) else found[0].line
        return self._after(self.stage[-1])

    def _after(self, one: Instruction) -> int:
        return max([one.line, *(line for _, line in one.parts), *(line for _, line in one.here)]) + (
            2 if one.here else 1
        )


def renamed(path: str, text: str, old: str, new: str, lines: Sequence[int]) -> tuple[Edit, ...]:
    """Another name for a variable on lines of any file; a line that does not hold it is left."""
    import re

    found = []
    all_lines = text.split("\n")
    for line in lines:
        before = all_lines[line - 1].rstrip("\r") if 0 < line <= len(all_lines) else ""
        after = re.sub(rf"(?<![A-Za-z0-9_]){re.escape(old)}(?![A-Za-z0-9_])", new, before)
        if after != before:
            found.append(Edit(path, line, 1, (after,)))
    return tuple(found)
