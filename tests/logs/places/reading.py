"""The log of a target, by its word, and what is understood of it."""

from __future__ import annotations

from parity.explain.log import read
from parity.explain.model import Log
from parity.logs.places import load
from parity.snapshot.request import Request
from parity.targets import open_target

SECONDS = 30.0


def kept(word: str) -> list[bytes]:
    """Its parts."""
    target, _ = open_target(word, Request())
    return list(load(target.kind).read(target, SECONDS))


def understood(word: str) -> Log:
    """What they tell."""
    return read(kept(word))


def shown(word: str) -> str:
    """The command that shows it by hand."""
    target, _ = open_target(word, Request())
    return load(target.kind).shown(target)
