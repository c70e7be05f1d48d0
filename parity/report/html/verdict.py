"""The top of the page: the verdict in one word and one sentence, the two sides, and what needs attention."""

from __future__ import annotations

from parity.policy.words import listed, plural
from parity.profile.model import Profile
from parity.report.base import Report
from parity.report.html.coverage import summary
from parity.report.html.findings import ANCHORS
from parity.report.html.markup import Html, element, text, together
from parity.report.values import target

_COMMIT = 12
_MEANS = {
    "parity": "Nothing that was compared keeps what works locally from working in production.",
    "drift": "What works locally may fail in production.",
    "incomplete": "Parity was not shown: what had to be compared could not be.",
}


def verdict(report: Report) -> Html:
    """The header of the page."""
    word = report.verdict.verdict
    reasons = report.verdict.reasons if word == "incomplete" else ()
    return element(
        "header",
        element("p", "parity", class_="brand"),
        element(
            "div",
            element("h1", word.capitalize()),
            element("p", _counted(report), class_="counts"),
            element("p", _MEANS[word], class_="means"),
            element("ul", *(element("li", one) for one in reasons), class_="reasons") if reasons else Html(),
            class_=f"verdict {word}",
        ),
        element("div", *_sides(report), class_="sides"),
        element("p", *_notes(report), class_="notes"),
        class_="top",
    )


def _counted(report: Report) -> Html:
    counts = [(severity, count) for severity, count in report.counts().items() if count]
    if not counts:
        return text("No differences that count")
    links = [
        element("a", plural(count, severity.value), href=f"#{ANCHORS[severity.value]}", class_=severity.value)
        for severity, count in counts
    ]
    return Html(listed(links))


def _sides(report: Report) -> list[Html]:
    sides = [
        _side("Local", "where it works", report.local),
        _side("Production", "where it must work", report.production),
    ]
    if report.declared is not None:
        sides.append(_side("Declared", "what the repository promises", report.declared))
    return sides


def _side(title: str, means: str, profile: Profile) -> Html:
    taken = profile.captured_at[:16].replace("T", " ")
    origin = target(profile.target)
    unnamed = profile.name in {profile.target.reference, profile.target.kind}
    facts = [*([] if unnamed else [("from", origin)]), ("taken", f"{taken} UTC")]
    facts += [(name, _brief(value)) for name, value in sorted(profile.identity.items())]
    return element(
        "section",
        element("h2", title, " ", element("small", means)),
        element("p", origin if unnamed else profile.name, class_="name"),
        element("dl", *(element("div", element("dt", name), element("dd", value)) for name, value in facts)),
        class_="side",
    )


def _brief(value: str) -> str:
    """A digest or a commit as it is told apart by; anything else as it is."""
    scheme, colon, digits = value.rpartition(":")
    if len(digits) >= 32 and all(one in "0123456789abcdef" for one in digits):
        return f"{scheme}{colon}{digits[:_COMMIT]}\N{HORIZONTAL ELLIPSIS}"
    return value


def _notes(report: Report) -> list[Html]:
    whole = not report.comparison.unknown and not report.comparison.skipped
    link = element("a", "See each of them." if whole else "See what was not and why.", href="#coverage")
    notes = [together([summary(report.comparison), " ", link])]
    if report.declared is None and report.findings:
        reason = f" ({report.unread})" if report.unread else ""
        notes.append(text(f" No source was read{reason}: severities follow categories alone."))
    return notes
