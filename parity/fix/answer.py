"""Findings into everything that closes them: remedies in their order, and the files that they come to together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from parity.diff.model import Difference, Kind
from parity.fix.by_hand import by_hand
from parity.fix.context import Context
from parity.fix.model import Command, Edit, File, Fix, Remedy, Treated
from parity.fix.patch import patch
from parity.fix.remedies import Kind as KindOfRemedy
from parity.fix.remedies import kinds
from parity.fix.startup import NAME as CHECK
from parity.fix.startup import script
from parity.fix.words import Refused
from parity.policy.model import Finding, Findings, Severity, finding

PATCH = "fix.patch"
CONSTRAINTS = "constraints.txt"
UNKNOWN = "no remedy is known for this: see `parity rules {rule}`"


def chosen(
    findings: Findings, differences: Iterable[Difference], labels: Iterable[str] | None, *, everything: bool = False
) -> Findings:
    """Those to close: the labels that are named, in their order, or what counts as an error or a warning.

    Many differences of no weight share one finding: a label that is one of them gets a finding of its own; and so does
    one of which the two sides have their own each, which is no difference until a log speaks of it.
    """
    if labels is None:
        counts = (one for one in findings if one.standing == "open")
        return tuple(one for one in counts if everything or one.severity is not Severity.INFO)
    wanted = list(dict.fromkeys(labels))
    named: dict[str, list[Finding]] = {}
    for one in findings:
        named.setdefault(_label(one), []).append(one)
    for other in differences:
        if other.kind is not Kind.UNKNOWN and f"{other.section}.{other.key}" not in named:
            alone = finding("difference", other, Severity.INFO, "the two sides differ in it")
            named[_label(alone)] = [alone]
    return tuple(one for label in wanted for one in named.get(label) or [_spoken_of(label)])


def _spoken_of(label: str) -> Finding:
    section, _, key = label.partition(".")
    alone = Difference(section, key, Kind.CHANGED, None, None)
    return finding("difference", alone, Severity.INFO, "the two sides have it in their own way")


def fix(findings: Iterable[Finding], context: Context) -> Fix:
    """The remedies of each finding; of two findings with one label the first that has any is kept."""
    treated: dict[str, Treated] = {}
    for one in findings:
        label, found = _label(one), _treated(one, context)
        if label not in treated or (found.remedies and not treated[label].remedies):
            treated[label] = found
    each = tuple(_ended_once(list(treated.values())))
    return Fix(each, tuple(_files(each, context)), context.repository.tool, tuple(_notes(each, context)))


def _treated(one: Finding, context: Context) -> Treated:
    found: list[Remedy] = []
    unknown = ""
    for kind in kinds().values():
        remedies, refused = _asked(kind, one, context)
        found += remedies
        unknown = refused or unknown
    if not found and not unknown:
        unknown = by_hand(_label(one)) or UNKNOWN.format(rule=one.id)
    return Treated(_label(one), one.severity.value, one.why, context.side(one), tuple(found), "" if found else unknown)


def _ended_once(each: list[Treated]) -> Iterator[Treated]:
    """The same, with a last step that several share (the image is built again, the service started) after the last of
    them alone."""
    last: dict[Command, int] = {}
    remedies = [remedy for one in each for remedy in one.remedies]
    for place, remedy in enumerate(remedies):
        last.update(dict.fromkeys(remedy.commands[-1:], place))
    place = 0
    for one in each:
        kept: list[Remedy] = []
        for remedy in one.remedies:
            end = remedy.commands[-1:]
            shared = end and last[end[0]] > place and (remedy.edits or len(remedy.commands) > 1)
            kept.append(replace(remedy, commands=remedy.commands[:-1]) if shared else remedy)
            place += 1
        yield replace(one, remedies=tuple(kept))


def _asked(kind: KindOfRemedy, one: Finding, context: Context) -> tuple[list[Remedy], str]:
    """What one kind has for it, and why it refused."""
    try:
        return list(kind.remedy(one, context)), ""
    except Refused as refused:
        return [], str(refused)


def _files(each: tuple[Treated, ...], context: Context) -> Iterator[File]:
    remedies = [remedy for one in each for remedy in one.remedies]
    edits = _once(edit for remedy in remedies for edit in remedy.edits)
    text = patch(context.repository.texts, edits)
    if text:
        purpose = "git apply fix.patch, or patch -p1 < fix.patch, in the repository's root"
        yield File(PATCH, text, purpose)
    lines = sorted(dict.fromkeys(line for remedy in remedies for line in remedy.constraints))
    if lines:
        yield File(CONSTRAINTS, "".join(f"{line}\n" for line in lines), f"pip install --constraint {CONSTRAINTS} …")
    names = sorted({name for remedy in remedies for name in remedy.variables})
    if names:
        yield File(CHECK, script(names), f"python {CHECK} before the program starts: stops where a variable is missing")


def _once(edits: Iterable[Edit]) -> list[Edit]:
    return list(dict.fromkeys(edits))


def _notes(each: tuple[Treated, ...], context: Context) -> Iterator[str]:
    if not context.repository.texts and context.sides.use is not None:
        yield "the repository holds no file that a remedy knows to patch"
    elif not context.repository.texts:
        yield "no repository was read, so nothing is patched: --declared DIR names it"
    elif context.repository.dockerfile is None and any(one.side == "production" for one in each):
        yield "no one Dockerfile of production was found: what is changed in a container is gone with its next start"


def _label(one: Finding) -> str:
    return f"{one.section}.{one.key}"
