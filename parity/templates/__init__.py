"""What `parity init` writes: one file a place where releases are decided, found by the directory.

Every file declares

    SUMMARY    one line for the help
    PLACE      where it is written by default, from the repository's root
    NEXT       what is left to do, in a sentence

and its text stands under data/, by the name of PLACE, with `@install@`, `@target@`, `@namespace@`, `@image@` and
`@production@` for what differs from one repository to the next. What stands between the lines `# @snapshot@` and
`# @end@` is there only where the target is named, and between `# @installed@` and `# @end@` only where it is known what
pip installs parity from: nothing that is written has to be filled in before it runs.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

_PART = re.compile(r"^# @(snapshot|installed)@\n(.*?)^# @end@\n", re.MULTILINE | re.DOTALL)
_ON = {"snapshot": "target", "installed": "install"}
"""{a part: the word without which it is left out}."""


@dataclass(frozen=True, slots=True)
class Template:
    """One file of this directory, as a value."""

    name: str
    summary: str
    place: str
    next: str

    @property
    def program(self) -> bool:
        """Whether what is written is started as a program."""
        return self.place.endswith(".sh")

    @property
    def installs(self) -> bool:
        """Whether what is written installs parity itself."""
        return "@install@" in _PART.sub(lambda part: part[2] * (part[1] != "installed"), self._data())

    def text(self, **words: str) -> str:
        """The whole text, with the words put in their places; what goes with an empty one is left out."""
        text = _PART.sub(lambda part: part[2] if words[_ON[part[1]]] else "", self._data())
        for name, word in words.items():
            text = text.replace(f"@{name}@", word)
        return text

    def _data(self) -> str:
        return (files(__name__) / "data" / self.place.rpartition("/")[2].lstrip(".")).read_text("utf-8")


@cache
def templates() -> Mapping[str, Template]:
    """{the word after `parity init`: template}, sorted."""
    found = {}
    for one in pkgutil.iter_modules(__path__):
        module = import_module(f"{__name__}.{one.name}")
        name = one.name.replace("_", "-")
        found[name] = Template(name, module.SUMMARY, module.PLACE, module.NEXT)
    return dict(sorted(found.items()))
