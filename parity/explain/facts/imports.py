"""Modules, names and attributes that are not where the program looks for them."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched, told
from parity.explain.model import Fact, Failure

_PATTERNS: Patterns = (
    ("missing_module", re.compile(r"\bNo module named '?(?P<value>\w[\w.]{0,200}\w|\w)'?")),
    ("missing_module", re.compile(r"\b(?P<value>[a-z_]\w{1,30}) module is not available\b")),
    ("missing_module", re.compile(r"\bthe \(missing\) (?P<value>\w{1,30}) module\b")),
    ("missing_module", re.compile(r"\bError loading (?P<value>\w{1,60})(?: or \w{1,60})? module\b")),
    ("missing_module", re.compile(r"\bError loading \w{1,60} or (?P<value>\w{1,60}) module\b")),
    ("missing_module", re.compile(r"(?i)\b(?:can't|cannot|could not|couldn't|unable to|failed to) (?:import|load) (?:the )?(?:module )?(?!plugin\b)"
                                  r"['\"`]?(?P<value>[a-zA-Z_]\w{0,60}(?:\.\w{1,60}){0,8})['\"`]?(?= module|[\s.,;:]|$)(?! name| '\w)")),
    ("missing_module", re.compile(r"\bclass uri '(?P<value>[a-z_][\w.]{0,80})' invalid or not found")),
    ("missing_attribute", re.compile(r"\bmodule '([\w.]{1,200})' has no attribute '(\w{1,200})'")),
    ("missing_attribute", re.compile(r"\btype object '([\w.]{1,200})' has no attribute '(\w{1,200})'")),
    ("missing_attribute", re.compile(r"'([\w.]{1,200})' object has no attribute '(\w{1,200})'")),
    ("module", re.compile(r"\bmodule '([\w.]{1,200})' has no attribute")),
    ("module", re.compile(r"\bpartially initialized module '([\w.]{1,200})'")),
    ("module", re.compile(r"\bcannot import name '\w{1,200}' from (?:partially initialized module )?'([\w.]{1,200})'")),
    ("module", re.compile(r"\b(\w{1,60})(?:\.\w{1,60}){0,4} size changed, may indicate binary incompatibility")),
    ("module", re.compile(r"\bcompiled against (?:\w+ )?(?:API|ABI) version \S{1,20} but this version of (\w{1,60}) is")),
    ("module", re.compile(r"(?i)\bcompiled using (\w{1,60}) [\d.]{1,10}x? cannot be run in")),
    ("missing_name", re.compile(r"\bname '(\w{1,200})' is not defined")),
    ("missing_name", re.compile(r"\bCan't load plugin: ([\w.]{1,100}:[\w.]{1,100})")),
    ("missing_name", re.compile(r"\bCan't get attribute '(?P<value>[\w.]{1,200})' on <module")),
    ("distribution", re.compile(r"\bNo package metadata was found for ([\w.-]{1,100})")),
)  # fmt: skip

_NAME = re.compile(
    r"\bcannot import name '(?P<name>\w{1,200})' from (?:partially initialized module )?'(?P<module>[\w.]{1,200})'"
)
_METADATA = re.compile(r"[\w.-]{1,100}\Z")


def read(failure: Failure) -> Iterator[Fact]:
    """`missing_module`, `missing_name`, `missing_attribute`, `module`, `distribution`."""
    yield from matched(failure, _PATTERNS)
    for one in told(failure):
        for found in _NAME.finditer(one.text):
            yield one.fact("missing_name", f"{found['module']}.{found['name']}", found.start())
        if one.type.endswith("PackageNotFoundError") and _METADATA.match(one.text):
            yield one.fact("distribution", one.text)
