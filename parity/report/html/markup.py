"""Markup from values. A `str` is text and is escaped; only `Html` is markup, and only this file makes it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from parity.text import visible

VOID = frozenset({"input", "link", "meta"})
"""Elements without content, of those that a report is made of."""


class Html(str):
    """Finished markup."""

    __slots__ = ()


def text(words: object) -> Html:
    """Text as markup that shows it: what is invisible as a visible escape, and no marker of a CI runner whole.

    The document may be printed where a runner reads along; a reference in place of one character of its marker is
    the same to a reader of the page.
    """
    shown = escape(visible(str(words)))
    if "##" in shown or "::" in shown:
        shown = shown.replace("##", "#&#35;").replace("::", ":&#58;")
    return Html(shown)


def element(name: str, /, *children: str, **attributes: str | bool | int | None) -> Html:
    """One element. In an attribute's name a `_` stands for `-`, at its end for nothing; None and False leave it out."""
    words = "".join(
        f" {_attribute(key)}" if value is True else f' {_attribute(key)}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in VOID:
        return Html(f"<{name}{words}>")
    return Html(f"<{name}{words}>{together(children)}</{name}>")


def together(parts: Iterable[str], between: str = "") -> Html:
    """Parts one after the other; those that are text are escaped."""
    return Html(between.join(one if isinstance(one, Html) else text(one) for one in parts))


def raw(name: str, /, content: str) -> Html:
    """A `style` or `script` element around a text of our own, which such elements take as it is.

    ValueError where the text would end the element.
    """
    if f"</{name}" in content.lower():
        raise ValueError(f"a {name} that ends its own element")
    return Html(f"<{name}>{content}</{name}>")


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
