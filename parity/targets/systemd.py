"""A unit of this machine's systemd: its main process, or the Python below it.

Found by its control group, so that neither systemctl nor the bus is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.targets._process import read_process, unit_name

SUMMARY = "a running unit of systemd on this machine"
EXAMPLE = "systemd://web.service"
OPTIONS: tuple[str, ...] = ()


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Systemd:
    """systemd://UNIT, `.service` understood."""
    return Systemd(unit_name(reference))


@dataclass(frozen=True, slots=True)
class Systemd:
    """A unit by its full name."""

    reference: str
    kind: str = "systemd"

    def profile(self, request: Request, progress: Progress) -> Profile:
        return read_process(self, request, progress, f"systemd://{self.reference}", unit=self.reference)
