"""The document. What it may load is nothing: its style and its script are allowed by their digests alone."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from parity import __version__
from parity.report.base import Report
from parity.report.html.agreed import agreed
from parity.report.html.coverage import coverage
from parity.report.html.filters import filters
from parity.report.html.findings import Shown, findings, shown
from parity.report.html.markup import Html, element, raw, together
from parity.report.html.verdict import verdict

_POLICY = (
    "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)


def page(report: Report) -> str:
    """The whole document, ending in a newline."""
    these = shown(report)
    body = element(
        "body",
        element("a", "Skip to the findings", class_="skip", href="#findings"),
        verdict(report),
        element("main", together(_main(report, these), "\n"), id="main"),
        _footer(report),
        raw("script", _asset("report.js")),
    )
    return f"<!doctype html>\n{element('html', _head(report), body, lang='en')}\n"


def _main(report: Report, these: Shown) -> list[Html]:
    parts = [filters(these), findings(report, these), agreed(report), coverage(report)]
    return [one for one in parts if one]


def _head(report: Report) -> Html:
    style, script = _asset("report.css"), _asset("report.js")
    policy = _POLICY.format(style=_digest(style), script=_digest(script))
    title = f"{report.verdict.verdict.capitalize()}: {report.local.name} and {report.production.name} - parity"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        raw("style", style),
    )


def _footer(report: Report) -> Html:
    return element(
        "footer",
        element(
            "p",
            "Local is where it works, production is where it must work: what local has and production lacks weighs "
            "more than the reverse. ",
            element("code", "parity rules ID"),
            " prints what a rule means.",
        ),
        element("p", f"Exit code {report.verdict.exit_code}. Made by parity {__version__}."),
    )


@cache
def _asset(name: str) -> str:
    return (files("parity.report.html") / "assets" / name).read_text("utf-8")


def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
