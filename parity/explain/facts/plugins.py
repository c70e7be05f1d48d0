"""Things that a library looks up by a name, and finds nobody to have registered: plug-ins, drivers, back ends."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import told
from parity.explain.model import Fact, Failure

_KIND = (
    r"(?P<kind>plug-?in|driver|back ?end|transport|dialect|exporter|extension|engine|loader|provider|serializer|compressor"
    r"|compression|codec|storage|file ?system|protocol|scheme|entry ?point|processor|formatter|renderer|broker|adapter"
    r"|connector|propagator|reader|writer|parser|scheduler|executor|theme|worker class|resolver|cache|tokenizer|importer)s?"
)
_NAME = r"['\"`](?P<value>[A-Za-z][\w.+:/-]{1,100})['\"`]"
_BARE = r"(?P<value>[A-Za-z][\w+-]{2,60})"
_LACKS = (
    r"(?:no such|unknown|unsupported|unrecognized|invalid|no(?: registered)?|(?:can't|cannot|can not|could not|couldn't|unable to|failed to|failure)"
    r" (?:load|loading|find|import|locate|initialize|resolve))"
)

_PATTERNS = (
    re.compile(rf"(?i)\b{_LACKS}(?: the| an?)? (?:\w+ ){{0,2}}{_KIND}:? (?:named |called |for |with name )?{_NAME}"),
    re.compile(rf"(?i)\b(?:no such|unknown|unsupported) {_KIND}: {_BARE}"),
    re.compile(rf"(?i)\b{_KIND} {_NAME} (?:\w+ ){{0,3}}(?:not found|is not (?:found|registered|available|installed|supported|known|recognized|loaded)|not (?:registered|installed|known)|could not be|does not exist)"),
    re.compile(rf"(?i){_NAME} is(?: not|n't) (?:an? )?(?:valid|known|registered|supported|recognized|available|installed) (?:\w+ ){{0,2}}{_KIND}"),
    re.compile(r"(?i)\bNo '(?P<group>[\w.-]{1,80})' (?P<kind>driver|plugin|extension) found, looking for '(?P<value>[\w.+-]{1,80})'"),
    re.compile(r"(?i)\b(?P<kind>protocol) not known: (?P<value>[\w+-]{2,40})"),
    re.compile(rf"(?i)\brequested (?:component: )?{_KIND} {_NAME} (?:was |is )?not found"),
    re.compile(rf"(?i)\bcould not find {_NAME} (?:\w+ ){{0,2}}{_KIND}\b"),
)  # fmt: skip


def read(failure: Failure) -> Iterator[Fact]:
    """`missing_name`: "kind:name"."""
    for one in told(failure):
        for pattern in _PATTERNS:
            for found in pattern.finditer(one.text):
                yield one.fact("missing_name", f"{found['kind'].lower()}:{found['value']}", found.start())
