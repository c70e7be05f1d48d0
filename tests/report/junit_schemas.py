"""The two schemas of JUnit XML that programs which read it go by, as far as a report can meet them.

Ant's is JUnit.xsd of https://github.com/windyroad/JUnit-Schema, Jenkins' is junit-10.xsd of
https://github.com/jenkinsci/xunit-plugin. Here stands what each says of the elements that a report has: which
attributes, of what type, and which children in what order. Types of other elements (reruns) are left out, so that a
report that has them is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_ANY = r"(?s:.*)"
_WHOLE = r"\s*[+-]?\d+\s*"
_DECIMAL = r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*"
_NOT_EMPTY = r"(?s:.*\S.*)"
_LOCAL_TIME = r"\s*\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\s*"
_SUREFIRE_TIME = r"(?:(?:[0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(?:\.[0-9]*)?"


@dataclass(frozen=True)
class Rule:
    """What a schema says of an element."""

    required: Mapping[str, str] = field(default_factory=dict)
    """{attribute: pattern of its whole value}."""
    optional: Mapping[str, str] = field(default_factory=dict)
    children: str = ""
    """A pattern of their tags, each with a space behind it."""
    text: bool = False
    """Whether there may be more than white space in it."""


_TOLD = {"message": _ANY, "type": _ANY}
_COUNTED = {"tests": _ANY, "failures": _ANY, "errors": _ANY}

ANT: Mapping[str, Rule] = {
    "testsuites": Rule(children="(testsuite )*"),
    "testsuite": Rule(
        required={
            "package": _ANY,
            "id": _WHOLE,
            "name": _NOT_EMPTY,
            "timestamp": _LOCAL_TIME,
            "hostname": _NOT_EMPTY,
            "tests": _WHOLE,
            "failures": _WHOLE,
            "errors": _WHOLE,
            "time": _DECIMAL,
        },
        optional={"skipped": _WHOLE},
        children="properties (testcase )*system-out system-err ",
    ),
    "properties": Rule(children="(property )*"),
    "property": Rule(required={"name": _NOT_EMPTY, "value": _ANY}),
    "testcase": Rule(
        required={"name": _ANY, "classname": _ANY, "time": _DECIMAL}, children="(skipped |error |failure )?"
    ),
    "skipped": Rule(optional=_TOLD, text=True),
    "error": Rule(required={"type": _ANY}, optional={"message": _ANY}, text=True),
    "failure": Rule(required={"type": _ANY}, optional={"message": _ANY}, text=True),
    "system-out": Rule(text=True),
    "system-err": Rule(text=True),
}

JENKINS: Mapping[str, Rule] = {
    "testsuites": Rule(optional={"name": _ANY, "time": _SUREFIRE_TIME, **_COUNTED}, children="(testsuite )*"),
    "testsuite": Rule(
        required={"name": _ANY, **_COUNTED},
        optional={
            "time": _SUREFIRE_TIME,
            **dict.fromkeys(("group", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"), _ANY),
        },
        children="(testsuite |properties |testcase |system-out |system-err )*",
    ),
    "properties": Rule(children="(property )*"),
    "property": Rule(required={"name": _ANY, "value": _ANY}),
    "testcase": Rule(
        required={"name": _ANY},
        optional={"time": _ANY, "classname": _ANY, "group": _ANY},
        children="(skipped |error |failure |system-out |system-err )*",
    ),
    **dict.fromkeys(("skipped", "error", "failure"), Rule(optional=_TOLD, text=True)),
    **dict.fromkeys(("system-out", "system-err"), Rule(text=True)),
}


def faults(root: Element, schema: Mapping[str, Rule]) -> Iterator[str]:
    """What of a document a schema refuses; the root must be `testsuites`."""
    if root.tag != "testsuites":
        yield f"the root is {root.tag}"
    for one in root.iter():
        rule = schema.get(one.tag)
        if rule is None:
            yield f"{one.tag} is unknown"
            continue
        known = {**rule.required, **rule.optional}
        yield from (f"{one.tag} lacks {name}" for name in rule.required.keys() - one.attrib.keys())
        for name, value in one.attrib.items():
            if not re.fullmatch(known.get(name, r"(?!)"), value):
                yield f"{one.tag}: {name}={value!r}"
        tags = "".join(f"{child.tag} " for child in one)
        if not re.fullmatch(rule.children, tags):
            yield f"{one.tag} holds {tags or 'nothing'}"
        loose = [one.text, *(child.tail for child in one)]
        if not rule.text and any(text and text.strip() for text in loose):
            yield f"{one.tag} holds text"
