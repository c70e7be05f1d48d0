"""What a policy did: whose it is, what does not count, and what of it asks for somebody's attention."""

from __future__ import annotations

from parity.report.agreed import attention, judged_by, not_counted
from parity.report.base import Report
from parity.report.html.markup import Html, element


def agreed(report: Report) -> Html:
    """The part of the page about it; nothing where the comparison is under none."""
    applied = report.applied
    if applied is None:
        return Html()
    sentences = [(judged_by(applied), ""), *((one, "") for one in not_counted(applied)), *attention(applied)]
    return element(
        "section",
        element("h2", "What the policy says"),
        element("ul", *(element("li", words, class_=style or None) for words, style in sentences)),
        id="policy",
        class_="part policy",
    )
