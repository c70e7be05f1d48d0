"""A repository: what its files promise, as one more environment. Nothing of it is imported or run."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from parity.errors import TargetError, UsageError
from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.text import safe

SUMMARY = "a repository's files: what they declare, lock, read and import"
EXAMPLE = "repo:."
OPTIONS: tuple[str, ...] = ()

_ASK = "import sys; print('%d.%d.%d' % sys.version_info[:3])"
_PATIENCE = 10.0
"""Seconds that an interpreter has for telling its version."""
_VERSION = re.compile(r"3\.\d{1,2}(?:\.\d{1,3}(?:(?:a|b|rc)\d+)?)?\Z")


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Repo:
    """A directory."""
    if not reference:
        raise TargetError("a repository's directory is empty", hint=f"like {EXAMPLE}")
    return Repo(reference)


@dataclass(frozen=True, slots=True)
class Repo:
    """A directory on this machine that holds a repository."""

    directory: str
    kind: str = "repo"
    reference: str = "."
    """Where it lies on a disk says nothing about it."""

    def profile(self, request: Request, progress: Progress) -> Profile:
        """What its files say. `--python` is the version that markers are evaluated for, or an interpreter of it."""
        from parity import sections
        from parity.declared.assemble import declared
        from parity.declared.sections.made import SILENT
        from parity.snapshot.assemble import assemble
        from parity.snapshot.target import Reading

        root = Path(self.directory)
        if not root.is_dir():
            raise UsageError(f"there is no directory {safe(self.directory)!r}", hint="repo:DIR, like repo:.")
        try:
            found = declared(root, _version(request.python), lambda words: progress(f"repository: {words}"))
        except OSError as error:
            raise UsageError(f"the repository cannot be read: {os.strerror(error.errno or 0)}") from error
        checkout = found.checkout
        identity = {"commit": checkout.commit} if checkout is not None and checkout.commit else {}
        named = replace(request, name=request.name or "declared")
        told = {name: found.sections.get(name, SILENT) for name in sections.names()}
        return assemble(self, Reading(told, identity), named, {})


def _version(word: str | None) -> str | None:
    """The version that `--python` names: itself, or what the interpreter there answers."""
    if word is None or _VERSION.match(word):
        return word
    from parity.child import run
    from parity.snapshot.project import interpreter
    from parity.snapshot.question import FLAGS, clean_environ

    python, _ = interpreter(word, os.environ, str(Path.cwd()))
    try:
        answer = run([python, *FLAGS, "-c", _ASK], seconds=_PATIENCE, env=clean_environ()).out
    except OSError as error:
        raise UsageError(f"the interpreter cannot be started: {os.strerror(error.errno or 0)}") from error
    version = bytes(answer).decode("ascii", "replace").strip()
    if not _VERSION.match(version):
        raise UsageError(f"--python: {safe(word)!r} does not tell its version")
    return version
