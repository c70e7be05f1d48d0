"""Text that a terminal, a markup or a CI runner would obey, or hide; and a report in which every string is such."""

from __future__ import annotations

import re
from datetime import date

from parity.diff.model import Compared, Comparison, Kind, Side, Skipped, Unknown
from parity.policy.agreed import Adopted, Applied, Waiver
from parity.policy.model import Finding, Severity, Standing, Verdict
from parity.profile.model import Profile, Section, Source, Status
from parity.report.base import Report

HOSTILE = [
    "\x1b[2Jcleared",
    "\x9b31mred",
    "\x1b]52;c;c2VjcmV0\x07",
    "a\rb",
    "safe\u202eetis",
    "zero\u200bwidth",
    "[red]literal[/red]",
    "[/nope]",
    "[link=http://x]y[/link]",
    ":smile:",
    "##[set-env name=x]y",
    "x ::error::y",
    "::stop-commands::t",
    "a\n::add-mask::b",
    "\ud800",
    "wide\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587",
]
LITERAL = [text for text in HOSTILE if text.startswith("[") or text == ":smile:"]
"""Of these nothing is invisible: each stands in the output as it is."""

INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must not be left of it: controls, C1, zero width, bidirectional overrides, lone surrogates."""

SGR = re.compile(r"\x1b\[[0-9;]*m")
"""The escapes that colour is made of."""


def disarmed(text: str) -> bool:
    """Whether nothing in plain text is obeyed by a terminal or a runner."""
    commands = re.search(r"##\w*\[|(?<!\S)::[a-z]", text)
    return not INVISIBLE.search(text) and commands is None


MARKUP = [
    "<script>attacked()</script>",
    "</script><script>attacked()</script>",
    "</style><style>*{display:none}</style>",
    '"><img src=x onerror=attacked()>',
    "'><svg/onload=attacked()>",
    "--><!--><b>bold</b>",
    "<a href=javascript:attacked()>link</a>",
    "]]><![CDATA[",
    "&lt;b&gt; &amp; &#64;team",
    "a | b \\| c \\\\| d",
    "`code` ``` ~~~",
    "| --- |",
    "@team and @octo/cats",
    "![image](http://attack.example/x.png)",
    "[link](http://attack.example)",
    "[name]: http://attack.example",
    "<http://attack.example>",
    "https://attack.example www.attack.example a@attack.example",
    "# heading",
    "- item\n> quote\n\n---\n",
    "    indented",
    "\\",
    "`",
    "**bold** _italic_ ~~gone~~ $x$ #1 !1 GH-1 octo/cats#1 :smile:",
    "/close",
    "%0A::warning title=x::y",
    "=cmd()",
    "",
    " ",
    "x" * 5000,
]
"""Text that a page, a comment or a table of a report would obey."""

ATTACKS = [*HOSTILE, *MARKUP]


def attacked(attacks: list[str] | None = None) -> Report:
    """A finished comparison in which every string that could come from outside is an attack.

    It is put together by hand: what no profile can hold today is here, too. There are findings of every severity and
    standing, each attack stands in each of their fields, and the policy, the repository and both sides are of it.
    """
    texts = ATTACKS if attacks is None else attacks
    standings: tuple[Standing, ...] = ("open", "open", "waived", "expected", "adopted")
    kinds = (Kind.MISSING, Kind.EXTRA, Kind.CHANGED, None)
    findings = tuple(
        Finding(
            f"packages.{text}",
            text,
            text,
            kinds[place % len(kinds)],
            severity,
            None if kinds[place % len(kinds)] is Kind.EXTRA else {"version": text, "state": text},
            None if kinds[place % len(kinds)] is Kind.MISSING else {text: text, "list": (text, text)},
            text,
            (text,),
            (text, f"{text} is declared at {text}:1", f"read without a default at {text}:7"),
            standing=standings[place % len(standings)],
            note=text,
            was=Severity.ERROR,
        )
        for severity in Severity
        for place, text in enumerate(texts)
    )
    first = texts[0]
    profiles = [
        Profile(
            text,
            text,
            Source(text, text),
            {one: Section(Status.PARTIAL, one, {one: one}, notes=(one,), hidden=(one,)) for one in texts},
            {"commit": text, text: text},
            tool=text,
        )
        for text in (first, texts[len(texts) // 2], texts[-1])
    ]
    waivers = tuple(Waiver(text, text, text, date(2026, 3, 1), text) for text in texts)
    applied = Applied(
        findings,
        first,
        first,
        ran_out=waivers,
        unused=waivers,
        gone=tuple(Adopted(text, text, text, text, Severity.ERROR, text) for text in texts),
        untold=tuple(texts),
    )
    comparison = Comparison(
        (),
        tuple(Unknown(text, key, Side.BOTH, text, text) for text in texts for key in (None, text)),
        tuple(Compared(text, Status.OK, Status.PARTIAL, 1, known=False) for text in texts),
        tuple(Skipped(text, Side.LOCAL, text) for text in texts),
    )
    verdict = Verdict("incomplete", 3, tuple(texts))
    return Report(profiles[0], profiles[1], comparison, findings, verdict, profiles[2], first, applied)
