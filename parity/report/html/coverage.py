"""The map of what was compared and what was not: each section, how the look at it ended on either side, and why."""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Comparison, Side
from parity.policy.words import plural
from parity.profile.model import Profile
from parity.report.base import Report
from parity.report.html.markup import Html, element, together

_ABSENT = "not in the profile"


def summary(comparison: Comparison) -> str:
    """One sentence: how many sections were compared, of how many."""
    names = _names(comparison)
    if not comparison.compared:
        return "Nothing was compared."
    return f"Compared {len(comparison.compared)} of {plural(len(names), 'section')}."


def coverage(report: Report) -> Html:
    """The part of the page that holds the map."""
    head = ("Section", "Local", "Production", "Outcome")
    return element(
        "section",
        element("h2", "What was compared"),
        element(
            "p",
            "What could not be seen is not the same as what is not there: it is no proof of parity.",
            class_="means",
        ),
        element(
            "table",
            element("caption", "Sections, how the look at them ended on either side, and what came of it"),
            element("thead", element("tr", *(element("th", one, scope="col") for one in head))),
            element("tbody", together(_rows(report), "\n")),
            class_="map",
        ),
        id="coverage",
        class_="part",
    )


def _names(comparison: Comparison) -> list[str]:
    compared = {one.section for one in comparison.compared}
    return sorted(compared | {one.section for one in comparison.unknown} | {one.section for one in comparison.skipped})


def _rows(report: Report) -> Iterator[Html]:
    outcomes: dict[str, list[Html]] = {name: [] for name in _names(report.comparison)}
    compared = set()
    for one in report.comparison.compared:
        compared.add(one.section)
        note = "" if one.known else "; unknown to this version, compared exactly"
        outcomes[one.section].append(element("p", f"Compared: {plural(one.keys, 'item')}{note}"))
    for each in report.comparison.skipped:
        outcomes[each.section].append(element("p", f"Not compared: {each.reason}"))
    for unknown in report.comparison.unknown:
        where = "on either side" if unknown.side is Side.BOTH else f"on {unknown.side.value}"
        words = (
            [f"Not compared: {unknown.reason}"]
            if unknown.key is None
            else [
                element("code", unknown.key),
                f" could not be told {where}: {unknown.reason}",
            ]
        )
        outcomes[unknown.section].append(element("p", *words))
    for name, told in outcomes.items():
        yield element(
            "tr",
            element("th", element("code", name), scope="row"),
            _status(name, "local", report.local),
            _status(name, "production", report.production),
            element("td", *told, class_="outcome"),
            class_="compared" if name in compared else "not-compared",
        )


def _status(name: str, side: str, profile: Profile) -> Html:
    section = profile.sections.get(name)
    if section is None:
        return element("td", element("span", _ABSENT, class_="status none"), class_=side)
    chip = element("span", section.status.value, class_=f"status {section.status.value}")
    # Why nobody looked, or could, is the outcome's reason already.
    told = section.reason if section.status.looked and section.reason else ""
    return element("td", chip, element("small", told) if told else Html(), class_=side)
