"""What every bench is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environment import Environment
from benchmarks.measure import Case, Result, interleaved


@dataclass(frozen=True, slots=True)
class Setting:
    """The environment, a directory for what the commands write, and how often each runs."""

    environment: Environment
    directory: Path
    runs: int

    def case(
        self,
        name: str,
        program: str | Path,
        *words: str | Path,
        codes: frozenset[int] = frozenset({0}),
        also: Mapping[str, str] | None = None,
    ) -> Case:
        """A command run with the environment active; a program without a directory is the environment's."""
        path = program if isinstance(program, Path) else self.environment.program(program)
        return Case(name, [path, *words], codes, {**self.environment.activated, **(also or {})})

    def measure(self, cases: Sequence[Case]) -> dict[str, Result]:
        return interleaved(cases, self.runs, self.directory)
