"""The controls: text, section and severity. They act on what the page holds, and only where a script may run."""

from __future__ import annotations

from parity.report.html.findings import Shown
from parity.report.html.markup import Html, element

_LABELS = {"error": "Errors", "warning": "Warnings", "info": "Info", "apart": "Not counted"}


def filters(these: Shown) -> Html:
    """The controls, hidden until the script shows them; nothing where there is nothing to choose from."""
    if not these.parts:
        return Html()
    names = sorted({one.section for part in these.parts for one in part.findings})
    present = [one for one in _LABELS if any(_word(part.name) == one for part in these.parts)]
    return element(
        "form",
        element("label", "Find", for_="text"),
        element(
            "input",
            type="search",
            id="text",
            placeholder="a name, a version, a rule",
            autocomplete="off",
            spellcheck="false",
            aria_keyshortcuts="/",
        ),
        element("label", "Section", for_="section"),
        element(
            "select",
            element("option", "All sections", value=""),
            # Asked for by its place: an option of any name, an empty one too, stands for its own section.
            *(element("option", name, value=str(place), data_section=name) for place, name in enumerate(names)),
            id="section",
        ),
        element("fieldset", element("legend", "Severity"), *map(_box, present)),
        element("output", id="shown", for_="text section", aria_live="polite"),
        element("button", "Clear", type="reset", aria_keyshortcuts="Escape"),
        element("p", element("kbd", "/"), " to search, ", element("kbd", "Esc"), " to clear", class_="keys"),
        id="filters",
        role="search",
        aria_label="Filter the findings",
        hidden=True,
    )


def _word(name: str) -> str:
    return name if name in _LABELS else "apart"


def _box(name: str) -> Html:
    box = element("input", type="checkbox", name="severity", value=name, checked=True)
    return element("label", box, " ", _LABELS[name], class_=name)
