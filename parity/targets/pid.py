"""A process of this machine by its number, or the Python below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.targets._process import pid_number, read_process

SUMMARY = "a process of this machine, or the Python below it"
EXAMPLE = "pid:1234"
OPTIONS: tuple[str, ...] = ()


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Pid:
    """pid:NUMBER."""
    return Pid(str(pid_number(reference)))


@dataclass(frozen=True, slots=True)
class Pid:
    """A process by its number."""

    reference: str
    kind: str = "pid"

    def profile(self, request: Request, progress: Progress) -> Profile:
        place = f"pid:{self.reference}"
        return read_process(self, request, progress, place, pid=int(self.reference))
