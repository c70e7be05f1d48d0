"""Which differences break the tests, where one is known to: what `parity explain` says of this place. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parity.diff import compare
from parity.explain.answer import explain
from parity.explain.model import Cause, Log
from parity.policy import judge
from parity.policy.model import Sides
from parity.policy.use import view
from parity.testing.parity import Parity


def causes(parity: Parity, log: Log, sources: Mapping[str, str], tests: Iterable[str]) -> tuple[Cause, ...]:
    """The named cause of each failure that has one, each label once.

    log       the tracebacks of what failed
    sources   {path in the repository: text} of the program's own files that they lead through
    tests     the files of the tests that failed
    """
    if not log.failures:
        return ()
    # An explanation starts from the place that works. Tests fail here: so production is that place, and this the other.
    works, fails = parity.production, parity.local
    comparison = compare(works, fails)
    use = view(parity.declared, works, fails) if parity.declared is not None else None
    findings = judge(comparison, works, fails, parity.declared)
    # That the tests themselves are not deployed explains nothing.
    own = {f"source.{file}" for file in tests}
    found: dict[str, Cause] = {}
    for one in explain(log, comparison, findings, Sides(works, fails, use), sources):
        if one.verdict == "explained" and one.causes[0].label not in own:
            found.setdefault(one.causes[0].label, one.causes[0])
    return tuple(found.values())
