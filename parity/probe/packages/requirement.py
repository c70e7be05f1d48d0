"""What a distribution requires, read and judged for one environment.

A requirement becomes a short text, normalised name, extras and version specifiers: `requests[socks]<3,>=2`.
Its marker is evaluated with three answers, yes, no and cannot tell; what cannot be told keeps the
requirement. Format: packaging.python.org, "Dependency specifiers".

Floor: Python 3.8, standard library only.
"""

import os
import re
import sys

from parity.probe.packages.metadata import normalised

LONGEST = 2000
"""Characters of a requirement that are looked at; a longer one is none."""

_DEEPEST = 24

# Nearly every requirement has this form; the wider ones below cost three times as much.
_PLAIN = re.compile(
    r"([A-Za-z0-9][A-Za-z0-9._-]*) ?(\()?((?:[<>=!~]=?=? ?[A-Za-z0-9.*+!_-]+(?:, ?)?)*)(?(2)\)) ?\Z",
    re.ASCII,
)
_REQUIREMENT = re.compile(
    r"\s*(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*"
    r"(?:\[(?P<extras>[A-Za-z0-9._,\s-]*)\]\s*)?"
    r"(?P<rest>[^;]*)",
    re.ASCII,
)
_SPECIFIER = re.compile(r"(===|~=|==|!=|<=|>=|<|>)\s*([A-Za-z0-9.*+!_-]+)\Z", re.ASCII)
_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\"|'[^']*')|(?P<operator>===|~=|==|!=|<=|>=|<|>|not\s+in\b|in\b)"
    r"|(?P<word>and\b|or\b|[()])|(?P<variable>[A-Za-z_][A-Za-z0-9_.]*))",
    re.ASCII,
)
_ONLY_EXTRA = re.compile(r"extra\s*==\s*[\"']([A-Za-z0-9._-]+)[\"']\Z")
_VERSION = re.compile(r"([0-9]+(?:\.[0-9]+)*)(\.\*|(?:a|b|rc|\.dev|\.post)[0-9]+)?\Z")
_VERSIONS = frozenset(["python_version", "python_full_version", "implementation_version"])


class Requirement:
    """key: normalised name; extras: those it asks of that distribution; text: as recorded; marker: str or None."""

    __slots__ = ("extras", "key", "marker", "text")

    def __init__(self, key, extras, text, marker):
        self.key = key
        self.extras = extras
        self.text = text
        self.marker = marker


def parse(text):
    """The Requirement in a line of Requires-Dist, or None where it is none."""
    if len(text) > LONGEST:
        return None
    head, _, marker = text.partition(";")
    match = _PLAIN.match(head)
    if match and match.group(1)[-1] not in "._-":
        key, specifiers = normalised(match.group(1)), match.group(3).replace(" ", "")
        if "," in specifiers:
            specifiers = ",".join(sorted(filter(None, specifiers.split(","))))
        return Requirement(key, (), key + specifiers, marker.strip() or None)
    match = _REQUIREMENT.match(text)
    if match is None:
        return None
    key = normalised(match.group("name"))
    extras = sorted({normalised(extra.strip()) for extra in (match.group("extras") or "").split(",") if extra.strip()})
    rest = match.group("rest").strip()
    if rest.startswith("@"):
        # A URL may hold a token, and a semicolon of its own: the marker's stands after a space.
        marker = (re.split(r"\s;", text, maxsplit=1) + [""])[1]
        specifier = " @ url"
    else:
        specifier = _specifiers(rest)
    if specifier is None:
        return None
    shown = "%s[%s]%s" % (key, ",".join(extras), specifier) if extras else key + specifier
    return Requirement(key, extras, shown, marker.strip() or None)


def _specifiers(text):
    """Version specifiers sorted and without spaces, or None where one is of no known form."""
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    found = []
    for part in text.split(","):
        part = part.strip()
        if part:
            match = _SPECIFIER.match(part)
            if match is None:
                return None
            found.append(match.group(1) + match.group(2))
    return ",".join(sorted(found))


_IMPLEMENTATIONS = {"cpython": "CPython", "pypy": "PyPy"}


def environment(build=None):
    """{marker variable: value} of the interpreter that runs this, or of a Build on Linux that is not run."""
    if build is not None:
        return _unrun(build)
    system = os.uname()
    implementation = sys.implementation
    return {
        "os_name": os.name,
        "sys_platform": sys.platform,
        "platform_machine": system.machine,
        "platform_system": system.sysname,
        "platform_release": system.release,
        "platform_version": system.version,
        "platform_python_implementation": _IMPLEMENTATIONS.get(implementation.name, implementation.name),
        "python_version": "%d.%d" % sys.version_info[:2],
        "python_full_version": full_version(sys.version_info),
        "implementation_name": implementation.name,
        "implementation_version": full_version(implementation.version),
    }


def _unrun(build):
    # A kernel is of whatever runs it: platform_release and platform_version are left out, and not told.
    values = {
        "os_name": "posix",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_python_implementation": _IMPLEMENTATIONS.get(build.implementation, build.implementation),
        "python_version": "%d.%d" % tuple(build.release[:2]),
        "implementation_name": build.implementation,
    }
    if build.machine is not None:
        values["platform_machine"] = build.machine
    if build.release[2] is not None:
        values["python_full_version"] = full_version(build.release)
        if build.implementation == "cpython":
            values["implementation_version"] = values["python_full_version"]
    return values


def full_version(info):
    """ "3.14.0rc1" of a `sys.version_info`."""
    stage = {"alpha": "a", "beta": "b", "candidate": "rc"}.get(info[3])
    return "%d.%d.%d" % tuple(info[:3]) + ("%s%d" % (stage, info[4]) if stage else "")


class Markers:
    """Evaluates markers for one environment; answers that do not depend on an extra are kept."""

    def __init__(self, values):
        self.values = values
        self._kept = {}

    def holds(self, marker, extras=()):
        """True, False, or None where it cannot be told; `extras` are the normalised names asked for."""
        if marker is None:
            return True
        only = _ONLY_EXTRA.match(marker)
        if only:
            return normalised(only.group(1)) in extras
        if "extra" in marker:
            return _evaluate(marker, self.values, extras)
        if marker not in self._kept:
            self._kept[marker] = _evaluate(marker, self.values, ())
        return self._kept[marker]


class _Unreadable(Exception):
    pass


def _evaluate(marker, values, extras):
    try:
        tokens = _tokens(marker)
        answer = _either(tokens, values, extras, 0)
        return None if tokens else answer
    except _Unreadable:
        return None


def _tokens(marker):
    """[(kind, text), ...], the next one last."""
    found, place = [], 0
    marker = marker.rstrip()
    if len(marker) > LONGEST:
        raise _Unreadable
    while place < len(marker):
        match = _TOKEN.match(marker, place)
        if match is None:
            raise _Unreadable
        found.append((match.lastgroup, match.group(match.lastgroup)))
        place = match.end()
    found.reverse()
    return found


def _either(tokens, values, extras, depth):
    answer = _both(tokens, values, extras, depth)
    while tokens and tokens[-1] == ("word", "or"):
        tokens.pop()
        other = _both(tokens, values, extras, depth)
        answer = True if True in (answer, other) else None if None in (answer, other) else False
    return answer


def _both(tokens, values, extras, depth):
    answer = _one(tokens, values, extras, depth)
    while tokens and tokens[-1] == ("word", "and"):
        tokens.pop()
        other = _one(tokens, values, extras, depth)
        answer = False if False in (answer, other) else None if None in (answer, other) else True
    return answer


def _one(tokens, values, extras, depth):
    if tokens and tokens[-1] == ("word", "("):
        if depth >= _DEEPEST:
            raise _Unreadable
        tokens.pop()
        answer = _either(tokens, values, extras, depth + 1)
        if not tokens or tokens.pop() != ("word", ")"):
            raise _Unreadable
        return answer
    if len(tokens) < 3:
        raise _Unreadable
    left, operator, right = tokens.pop(), tokens.pop(), tokens.pop()
    if operator[0] != "operator" or left[0] not in ("text", "variable") or right[0] not in ("text", "variable"):
        raise _Unreadable
    return _compare(left, operator[1], right, values, extras)


def _compare(left, operator, right, values, extras):
    names = [token[1] for token in (left, right) if token[0] == "variable"]
    if "extra" in names and len(names) == 1:
        wanted = normalised((right if left[0] == "variable" else left)[1][1:-1])
        if operator not in ("==", "!="):
            return None
        return (wanted in extras) == (operator == "==")
    one, other = (values.get(token[1]) if token[0] == "variable" else token[1][1:-1] for token in (left, right))
    if one is None or other is None:
        return None
    if operator == "in":
        return one in other
    if operator.startswith("not"):
        return one not in other
    if _VERSIONS.intersection(names):
        return _ordered(one, operator, other)
    if operator in ("==", "==="):
        return one == other
    if operator == "!=":
        return one != other
    # An order between names (platform_release, say) means something only to whoever wrote it.
    return None


def _ordered(one, operator, other):
    """Two versions compared; None where one of them, or their order, is beyond plain rules."""
    left, right = _VERSION.match(one), _VERSION.match(other)
    if left is None or right is None or left.group(2) == ".*":
        return None
    here = [int(part) for part in left.group(1).split(".")]
    there = [int(part) for part in right.group(1).split(".")]
    if right.group(2) == ".*" or operator == "~=":
        prefix = there if right.group(2) == ".*" else there[:-1]
        inside = (here + [0] * len(prefix))[: len(prefix)] == prefix
        if operator == "~=":
            return inside and _padded(here, there) >= _padded(there, here)
        return {"==": inside, "!=": not inside}.get(operator)
    here, there = _padded(here, there), _padded(there, here)
    if here == there and left.group(2) != right.group(2):
        if left.group(2) and right.group(2):
            return None
        # What has a suffix comes before the release, but for a .post, which comes after it.
        suffix = left.group(2) or right.group(2)
        above = suffix.startswith(".post") == bool(left.group(2))
        return {"==": False, "!=": True, "===": False, "<": not above, "<=": not above}.get(operator, above)
    return {
        "==": here == there,
        "===": one == other,
        "!=": here != there,
        "<": here < there,
        "<=": here <= there,
        ">": here > there,
        ">=": here >= there,
    }.get(operator)


def _padded(numbers, other):
    return numbers + [0] * (len(other) - len(numbers))
