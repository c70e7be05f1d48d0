"""What one snapshot is asked for: the options of the command line, or of the target's own query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from parity.snapshot.key import Key
from parity.snapshot.question import DEFAULT_TIMEOUT


class Progress(Protocol):
    """Told what a look is at, while it looks."""

    def __call__(self, words: str) -> None:
        """A few words at each step ("web: packages"); a terminal shows the last, a pipe none of them."""

    def warn(self, sentence: str) -> None:
        """Something that a person must read, wherever standard error goes."""


@dataclass(frozen=True, slots=True)
class Request:
    """One look at one target. Paths are the target's, but for `env_files` of a target on this machine."""

    sections: frozenset[str] | None = None
    """The sections asked for; None means all."""
    skip: frozenset[str] = frozenset()
    timeout: float = DEFAULT_TIMEOUT
    """Seconds for the whole snapshot."""
    name: str | None = None
    python: str | None = None
    """The interpreter to describe, instead of the one that is found."""
    paths: tuple[str, ...] = ()
    """Paths whose ownership matters, besides the mounts."""
    env_files: tuple[str, ...] = ()
    """Dotenv files whose names count as declared."""
    source: str | None = None
    """The directory of the program's code, from its working directory; None where that is to be found."""
    executables: tuple[str, ...] = ()
    """Programs whose versions are asked for, by their names."""
    database_url_env: str | None = None
    """Name of the variable of *this* process that holds the target's DSN; of the target's, where that asks."""
    database_through: str | None = None
    """"target" where the database is asked from inside the target; None: by this process."""
    key: Key | None = None
    """What fingerprints of values are made with; None: names alone."""
    shapes: bool = False
    """Whether the shape of each value is recorded."""
    anonymize: bool = False
    verify: bool = True
    """Whether a profile's integrity digest must match."""
    now: datetime | None = None
    """The time to record, instead of the clock's."""

    def wants(self, section: str) -> bool:
        return section not in self.skip and (self.sections is None or section in self.sections)

    def of_values(self) -> dict[str, object]:
        """What a collector that runs in this process is told about values (parity.probe.collectors.environment)."""
        return {"fingerprint_key": self.key, "shapes": self.shapes}

    @staticmethod
    def option_names() -> frozenset[str]:
        """What may stand in any target's query."""
        return frozenset(_QUERY)

    def narrowed(self, options: Mapping[str, tuple[str, ...]]) -> Request:
        """This request with a target's own options over it; paths and dotenv files add up.

        Raises KeyError(name) for an option that is none.
        """
        changes: dict[str, object] = {}
        for name, values in options.items():
            field = _QUERY[name]
            before = getattr(self, field)
            changes[field] = (*before, *values) if isinstance(before, tuple) else values[-1]
        return replace(self, **changes)  # type: ignore[arg-type]


_QUERY = {
    "path": "paths",
    "env-file": "env_files",
    "source": "source",
    "executable": "executables",
    "python": "python",
    "database-url-env": "database_url_env",
    "database-through": "database_through",
    "name": "name",
}
"""{name in a query: field of the request}."""
