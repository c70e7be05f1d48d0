"""A locale that is not generated in production: setlocale refuses it, and so does what formats by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence

TITLE = "A locale that does not exist"
CATEGORY = "environment"
NEEDS = ("locale",)
ASPECTS = True
VOICE = "locale"

_SAID = re.compile(r"unsupported locale setting|locale\.error|cannot change locale|setlocale|unknownlocaleerror")
_LETTERS = re.compile(r"[^a-z0-9]")


def weigh(case: Case) -> Iterator[Candidate]:
    """The locales that only local has, the one that is asked for first."""
    facts = case.of("locale")
    if not facts and not _SAID.search(case.text):
        return
    wanted = {_plain(fact.value) for fact in facts}
    wanted |= {_plain(text) for call in case.calls if call.name.endswith("setlocale") for text in call.literals}
    for difference in case.differences("locale", "available.*"):
        named = _plain(difference.key.removeprefix("available.")) in wanted
        yield from _one(case, difference.section, difference.key, 0.97 if named else 0.6 if not wanted else 0.3)
    for key in ("locales", "locales-all", "glibc-langpack-en", "musl-locales"):
        yield from _one(case, "system_packages", key, 0.75)
    # Without a name, setlocale takes what the variables ask for.
    told = wanted - {"unsupported"}
    for key in ("LC_ALL", "LANG", "LC_TIME", "LC_NUMERIC", "LC_MONETARY", "LC_COLLATE", "LC_CTYPE", "LANGUAGE"):
        yield from _one(case, "environment", key, (0.6 if key in ("LC_ALL", "LANG") else 0.5) if not told else 0.15)
    for difference in case.differences("locale", "lc_*_exists"):
        yield from _one(case, "locale", difference.key, 0.6 if not told else 0.3)


def _one(case: Case, section: str, key: str, likelihood: float) -> Iterator[Candidate]:
    difference = case.difference(section, key)
    if difference is not None:
        facts = case.of("locale")
        yield candidate(
            __name__,
            difference,
            likelihood,
            (
                *(in_log(one) for one in facts[:1]),
                Evidence("difference", "the locale exists where it works", f"{section}.{key}"),
            ),
            "`locale -a` in production lists the locale",
            "generate the locale in the image (locales, locale-gen), or format without the system's locales (babel)",
        )


def _plain(name: str) -> str:
    return _LETTERS.sub("", name.lower())
