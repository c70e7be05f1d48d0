"""How the probe is asked: the question, and the ways to put it.

Imports next to nothing: for this machine the probe is started before the rest of parity is loaded.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from parity.child import Result
    from parity.snapshot.key import Key

FLAGS = ("-I", "-S", "-B")
"""No .pth, no sitecustomize, nothing of the application imported; no bytecode written."""

DEFAULT_TIMEOUT = 30.0
"""Seconds for a whole snapshot."""

_PRELOADS = frozenset({"LD_PRELOAD", "DYLD_INSERT_LIBRARIES"})


class Ask(NamedTuple):
    """One question to the probe: the token that frames the answer, and the request as JSON."""

    token: str
    document: str
    key: Key | None = None
    """What fingerprints are made with. It goes over standard input alone: never as an argument or a variable."""

    @property
    def preamble(self) -> str:
        """What stands before the bundled script."""
        return f"FINGERPRINT_KEY = {self.key.hex()!r}\n" if self.key else ""

    @property
    def files_stdin(self) -> bytes:
        """What the probe reads that is run from its own files."""
        return bytes(self.key or b"")

    def without_key(self, result: Result) -> Result:
        """How the child ended, the key taken out: a program that is no Python may say what it was given."""
        if not self.key:
            return result
        shapes = (bytes(self.key), self.key.hex().encode())
        out, err = result.out, result.err
        for shape in shapes:
            out, err = out.replace(shape, b"..."), err.replace(shape, b"...")
        return result._replace(out=out, err=err)

    def script_argv(self, interpreter: str) -> list[str]:
        """Run the bundled script from standard input."""
        return [interpreter, *FLAGS, "-", self.token, self.document]

    def files_argv(self, interpreter: str) -> list[str]:
        """Run the probe from its own files, for a target that shares them."""
        entry = os.path.join(os.path.dirname(os.path.dirname(__file__)), "probe", "__main__.py")
        return [interpreter, *FLAGS, entry, self.token, self.document]


def question(key: Key | None = None, **fields: Any) -> Ask:
    """The question of these fields; one that is None is left out."""
    given = {name: value for name, value in {**fields, "keyed": bool(key) or None}.items() if value is not None}
    return Ask(os.urandom(16).hex(), json.dumps(given, sort_keys=True), key)


def clean_environ() -> dict[str, str]:
    """This process's environment for a probe on this machine: what is preloaded into programs stays out of it."""
    return {name: value for name, value in os.environ.items() if name not in _PRELOADS}
