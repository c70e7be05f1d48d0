"""A package that is imported from another place than the environment that serves: the system's packages, a user's own,
or what a vendor brought, put before it by a variable.

Source for the order of sys.path: https://docs.python.org/3/library/sys_path_init.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence

TITLE = "A package of another place"
CATEGORY = "environment"
NEEDS = ("python", "environment")
ASPECTS = True

_PLACE = re.compile(r"(?P<root>/[^\s'\"()<>,;]{0,200}?/(?:site|dist)-packages)/(?P<module>\w{1,80})")
_KEYS = (
    ("environment", "PYTHONPATH", 0.94), ("environment", "PYTHONHOME", 0.9), ("environment", "PYTHONUSERBASE", 0.85),
    ("environment", "PYTHONNOUSERSITE", 0.85), ("python", "prefix", 0.4), ("environment", "VIRTUAL_ENV", 0.4),
)  # fmt: skip
_GONE = 0.4
"""Of a likelihood, where it is local that has the variable."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The variables that put other directories on the path, where the log names a package outside of the environment
    beside one that is in it."""
    prefix = case.items("python")[1].get("prefix")
    if case.failure is None or not isinstance(prefix, str) or len(prefix) < 2:
        return
    texts = [case.failure.message, *(one.message for one in case.failure.chain), *(one.file for one in case.frames)]
    found = [one for text in texts for one in _PLACE.finditer(text)]
    outside = [one for one in found if not one["root"].startswith(prefix.rstrip("/") + "/")]
    # Without one of the environment's own, the log may be of another machine than the profile.
    if not outside or len(outside) == len(found):
        return
    words = f"{outside[0]['module']} comes from {outside[0]['root']}, and the environment of the program is {prefix}"
    for section, key, likelihood in _KEYS:
        difference = case.difference(section, key)
        if difference is not None:
            yield candidate(
                __name__,
                difference,
                likelihood * (_GONE if difference.kind is Kind.MISSING else 1.0),
                (Evidence("log", words, f"line {case.failure.last.line}"),),
                f"`python -c 'import {outside[0]['module']} as m; print(m.__file__)'` finds it in {prefix}",
                f"take {outside[0]['root']} out of the path of this program, or install what it needs into {prefix}",
            )
