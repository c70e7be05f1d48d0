"""Versions and their bounds as PEP 440 has them, of pre-releases too: `>=4.2,<5`.

A pre-release within the bounds is within them: whether one is wanted was decided when it was installed.
Source: packaging.python.org, "Version specifiers".

Floor: Python 3.8, standard library only.
"""

import re

_VERSION = re.compile(
    r"\s*v?(?:(?P<epoch>[0-9]+)!)?(?P<release>[0-9]+(?:\.[0-9]+)*)"
    r"(?P<pre>[-_.]?(?P<stage>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre_n>[0-9]+)?)?"
    r"(?P<post>-(?P<post_n1>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?P<post_n2>[0-9]+)?)?"
    r"(?P<dev>[-_.]?dev[-_.]?(?P<dev_n>[0-9]+)?)?"
    r"(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*\Z",
    re.IGNORECASE | re.ASCII,
)
_SPECIFIER = re.compile(r"\s*(~=|==|!=|<=|>=|<|>)\s*([^\s,=<>~!][^\s,]*)\s*\Z")
_STAGES = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "pre": 2, "preview": 2}
_FINAL = (3, 0)
_BEFORE_ALL = (-1, 0)


class Version:
    """A version that can be ordered by `key`.

    epoch, release (trailing zeros left out), whole (as written), pre, post, dev and local: what it is made of
    """

    __slots__ = ("dev", "epoch", "local", "post", "pre", "release", "whole")

    def __init__(self, found):
        self.epoch = int(found.group("epoch") or 0)
        self.whole = [int(part) for part in found.group("release").split(".")]
        self.release = _stripped(self.whole)
        self.pre = (
            (_STAGES[found.group("stage").lower()], int(found.group("pre_n") or 0)) if found.group("pre") else None
        )
        self.post = int(found.group("post_n1") or found.group("post_n2") or 0) if found.group("post") else None
        self.dev = int(found.group("dev_n") or 0) if found.group("dev") else None
        self.local = [_part(part) for part in re.split(r"[-_.]", found.group("local") or "") if part]

    @property
    def key(self):
        """What orders it: PEP 440, "Summary of permitted suffixes and relative ordering"."""
        return (*self.public, self.local)

    @property
    def public(self):
        """The same without what is local to a build."""
        pre = self.pre
        if pre is None:
            pre = _BEFORE_ALL if self.post is None and self.dev is not None else _FINAL
        dev = (1, 0) if self.dev is None else (0, self.dev)
        return self.epoch, self.release, pre, -1 if self.post is None else self.post, dev

    @property
    def base(self):
        """Its release alone."""
        return self.epoch, self.release

    @property
    def early(self):
        """Whether it comes before its release."""
        return self.pre is not None or self.dev is not None


def _stripped(numbers):
    end = len(numbers)
    while end > 1 and numbers[end - 1] == 0:
        end -= 1
    return numbers[:end]


def _part(text):
    return (1, int(text), "") if text.isdigit() else (0, 0, text.lower())


def parse(text):
    """The Version in a text, None where it is none."""
    found = _VERSION.match(text)
    return None if found is None else Version(found)


def known(text):
    """Whether a text is a version that can be ordered."""
    return parse(text) is not None


def bounds(specifiers):
    """[(operator, Version, whether it ends in .*), ...] of `>=4.2,<5`. Raises ValueError for what is none."""
    found = []
    for part in specifiers.split(","):
        match = _SPECIFIER.match(part)
        operator, text = match.groups() if match else ("", "")
        prefix = text.endswith(".*") and operator in ("==", "!=")
        version = parse(text[:-2] if prefix else text)
        if version is None or (prefix and (version.early or version.post is not None or version.local)):
            raise ValueError(part)
        if (operator == "~=" and len(version.whole) < 2) or (version.local and operator not in ("==", "!=")):
            raise ValueError(part)
        found.append((operator, version, prefix))
    return found


def holds(specifiers, text):
    """Whether a version is within all of the bounds."""
    version = parse(text)
    return version is not None and all(_within(version, *bound) for bound in bounds(specifiers))


def _within(version, operator, bound, prefix):
    if operator in ("==", "!="):
        if prefix:
            same = _starts(version, bound.epoch, bound.whole)
        else:
            same = version.key == bound.key if bound.local else version.public == bound.public
        return same == (operator == "==")
    if operator == "~=":
        return version.public >= bound.public and _starts(version, bound.epoch, bound.whole[:-1])
    if operator == ">=":
        return version.public >= bound.public
    if operator == "<=":
        return version.public <= bound.public
    if operator == "<":
        # 5.0rc1 is not what `<5.0` means to let in.
        return version.key < bound.key and not (version.early and not bound.early and version.base == bound.base)
    # Nor are 5.0.post1 and 5.0+local what `>5.0` means.
    same = version.base == bound.base
    later = same and ((version.post is not None and bound.post is None) or bool(version.local))
    return version.key > bound.key and not later


def _starts(version, epoch, numbers):
    own = version.whole + [0] * (len(numbers) - len(version.whole))
    return version.epoch == epoch and own[: len(numbers)] == numbers
