"""What every renderer is given. Frozen values; exit codes and streams are the command's business."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from parity.diff.model import Comparison
from parity.policy.agreed import Applied
from parity.policy.model import Findings, Severity, Verdict
from parity.profile.model import Profile


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie in the checkout that CI shows a report beside: paths from its root, with slashes."""

    repository: str = ""
    """The directory whose files evidence names; the root itself by default."""
    local: str | None = None
    """The file that holds the profile; None where it was taken for this comparison, or lies elsewhere."""
    production: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One finished comparison."""

    local: Profile
    production: Profile
    comparison: Comparison
    findings: Findings
    verdict: Verdict
    declared: Profile | None = None
    """What the program's repository promises, where one was read."""
    unread: str | None = None
    """Why none was read, in a few words."""
    applied: Applied | None = None
    """What the policy did; None where the comparison is under none. Its findings are `findings`."""
    places: Places = Places()
    fail_on: Severity | None = Severity.ERROR
    """The least severity that is drift; None: nothing is."""

    @property
    def open(self) -> Findings:
        """The findings that count: not waived, expected or in the baseline."""
        return tuple(one for one in self.findings if one.standing == "open")

    def counts(self) -> dict[Severity, int]:
        """How many findings count of each severity, the weightiest first, zeros included."""
        found = Counter(one.severity for one in self.open)
        return {severity: found[severity] for severity in Severity}


@dataclass(frozen=True, slots=True)
class Screen:
    """Where text will be read. Nothing but colour depends on `colour`: a pipe gets the same words."""

    width: int = 80
    colour: bool = False
    everything: bool = False
    """Also list what is otherwise only counted."""
    explain: bool = False
    """Under each finding also why it matters, all of its evidence, and what to do next."""
