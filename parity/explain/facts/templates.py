"""Templates that are not found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, Told, matched
from parity.explain.model import Fact, Failure

_PATTERNS: Patterns = (
    ("template", re.compile(r"['\"]([\w./@+-]{1,200})['\"] not found in search path")),
    ("template", re.compile(r"\bTemplateDoesNotExist: ([\w./@+-]{1,200})")),
)  # fmt: skip
_NAME = re.compile(r"[\w./@+ -]{1,200}")


def read(failure: Failure) -> Iterator[Fact]:
    """`template`."""
    yield from matched(failure, _PATTERNS)
    for link, raised in enumerate(failure.chain):
        if raised.type.rpartition(".")[2] in ("TemplateNotFound", "TemplateDoesNotExist", "TemplateLookupException"):
            found = _NAME.match(raised.message.strip("'\""))
            if found:
                yield Told(raised.message, raised.at, link, raised.type).fact("template", found[0])
