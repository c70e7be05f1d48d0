"""How to reach a place: one file a kind of target, found by its directory.

`open_target` turns a word into a target and what its own options ask for; nothing is opened, started
or read before the word has been checked. What a kind's file declares: parity/snapshot/target.py.
"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from parity.errors import TargetError
from parity.text import safe

if TYPE_CHECKING:
    from parity.snapshot.request import Request
    from parity.snapshot.target import Target


@lru_cache(maxsize=1)
def kinds() -> frozenset[str]:
    """The schemes that exist, by the directory alone: no module is imported."""
    names = os.listdir(os.path.dirname(__file__))
    return frozenset(name[:-3] for name in names if name.endswith(".py") and not name.startswith("_"))


def load(kind: str) -> ModuleType:
    """The module of one kind."""
    return import_module(f"{__name__}.{kind}")


def open_target(word: str, request: Request) -> tuple[Target, Request]:
    """The target that a word names, and the request narrowed by the word's own options.

    Raises TargetError when the word, its reference or one of its options cannot be right.
    """
    from parity.targets._words import split

    parts = split(word, kinds())
    module = load(parts.kind)
    own = frozenset(module.OPTIONS)
    try:
        narrowed = request.narrowed({name: values for name, values in parts.options.items() if name not in own})
    except KeyError as error:
        allowed = ", ".join(sorted(own | request.option_names()))
        raise TargetError(
            f"{parts.kind} targets have no option {safe(error.args[0])!r}", hint=f"known options: {allowed}"
        ) from None
    target: Target = module.parse(parts.reference, {name: parts.options[name] for name in own & parts.options.keys()})
    return target, narrowed
