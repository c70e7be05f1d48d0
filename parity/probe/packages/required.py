"""What each distribution requires in this environment.

Requirements behind an extra hold only where an installed distribution asks for that extra, which may itself
stand behind another. What is installed and stands behind one that nobody asks for may be used all the same: pip keeps
no record of the extras that a person asked for.

Floor: Python 3.8, standard library only.
"""

import re

from parity.probe.packages import metadata, requirement

LIST_LIMIT = 1 << 20

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRA = re.compile(r"extra *== *['\"]([A-Za-z0-9._-]+)")
_DEVELOPMENT = frozenset(
    ["bench", "benchmark", "check", "checks", "ci", "cov", "coverage", "dev", "develop", "development", "doc", "docs"]
    + ["documentation", "lint", "linting", "mypy", "pre-commit", "qa", "release", "style", "test", "testing", "tests"]
    + ["types", "typing"]
)
"""Extras whose packages a project's own authors need."""


class Requirements:
    """The requirements that hold. found: {key: Distribution}; reader: parity.probe.collectors.packages._Reader."""

    def __init__(self, found, reader):
        view = reader.view
        self.markers = requirement.Markers(requirement.environment(None if view.live else view.interpreter.build))
        self.found = found
        self.reader = reader
        self.parsed = {}
        self.asked = {key: set() for key in found}
        self.texts = {key: set() for key in found}
        self.conditional = {}
        self.again = []

    def add_to(self, items):
        """Add `requires` and `extras` to the items."""
        for key, distribution in self.found.items():
            for line in self._lines(distribution):
                # Most lines stand behind an extra that nobody asks for: they are not even parsed.
                if "extra" in line.partition(";")[2]:
                    self.conditional.setdefault(key, []).append(line)
                else:
                    self._take(key, line)
        self.again += [key for key, lines in self.conditional.items() if any(map(_may_hold, lines))]
        while self.again:
            key = self.again.pop()
            for line in self.conditional.get(key, ()):
                self._take(key, line)
        for key, item in items.items():
            if self.texts[key]:
                item["requires"] = sorted(self.texts[key])
            optional = self._optional(key)
            if optional:
                item["optional"] = optional
            extras = self.found[key].headers.extras
            if extras:
                item["extras"] = sorted({metadata.normalised(name) for name in extras if metadata.NAME.match(name)})

    def _optional(self, key):
        """What is installed of that which stands behind extras alone."""
        required = {_NAME.match(text).group() for text in self.texts[key]}
        found = set()
        for line in self.conditional.get(key, ()):
            name = _NAME.match(line)
            other = metadata.normalised(name.group().rstrip("._-")) if name else key
            if other != key and other in self.found and other not in required and other not in found:
                extras = _EXTRA.findall(line)
                if not extras or any(metadata.normalised(extra) not in _DEVELOPMENT for extra in extras):
                    found.add(other)
        return sorted(found)

    def _lines(self, distribution):
        lines = distribution.headers.requires
        if not lines and "requires.txt" in distribution.files:
            text = self.reader.read(distribution, "requires.txt", LIST_LIMIT).decode("utf-8", "replace")
            lines = metadata.requires_txt(text)
        return lines

    def _take(self, key, line):
        """Add a requirement of `key` when it holds, and ask its target for the extras that it names."""
        if line not in self.parsed:
            self.parsed[line] = requirement.parse(line)
        one = self.parsed[line]
        if one is None:
            self.reader.section.hide(key, "a requirement is of no known form")
            return
        if one.text in self.texts[key] or self.markers.holds(one.marker, self.asked[key]) is False:
            return
        self.texts[key].add(one.text)
        known = self.asked.get(one.key)
        if known is not None and not known.issuperset(one.extras):
            known.update(one.extras)
            self.again.append(one.key)


def _may_hold(line):
    """Whether a marker that names an extra may hold where none is asked for."""
    return " or " in line or "!=" in line.partition(";")[2]
