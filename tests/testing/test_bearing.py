"""What failing tests stand on, and which findings bear on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from parity.diff import compare
from parity.policy import judge
from parity.testing.bearing import Reach, bearing, imported, reach
from tests.diff.profiles import profile, section
from tests.policy.policies import LOCAL, PRODUCTION

TEXTS = {
    "tests/test_a.py": "import attr.validators\nfrom shop import mail\n",
    "shop/mail.py": "import lzma, requests\n",
}


def test_imports_are_found_anywhere_in_a_file() -> None:
    assert imported("def f():\n    from a.b import c\nimport d.e as f\nfrom . import g\n") == {"a", "d"}
    assert imported("not python(") == set()


def test_modules_lead_to_the_distributions_that_provide_them() -> None:
    items: dict[str, Any] = {"attrs": {"version": "1", "provides": ("attr", "attrs")}, "requests": {"version": "2"}}
    side = profile({"packages": section(items)})
    traceback = '  File "/app/.venv/lib/python3.11/site-packages/urllib3/util.py", line 3, in x\n'
    found = reach(TEXTS, [traceback], (side, side))
    assert found.modules == {"attr", "shop", "lzma", "requests", "urllib3"}
    assert found.distributions == {"attrs", "requests"}
    assert found.files == TEXTS.keys()


def test_what_bears_is_what_is_reached_and_what_the_tracebacks_name() -> None:
    sides = [profile({name: section(items) for name, items in side.items()}) for side in (LOCAL, PRODUCTION)]
    findings = judge(compare(*sides), *sides)
    nothing = Reach(frozenset(), frozenset(), frozenset())

    def keys(reached: Reach, *named: str) -> set[str]:
        return {one.key for one in bearing(findings, reached, named)}

    assert keys(nothing) == set()
    assert keys(replace(nothing, distributions=frozenset({"numpy"}))) == {"numpy"}
    assert keys(nothing, "environment.APP_KEY") == {"APP_KEY"}
    (key,) = [one for one in findings if one.key == "APP_KEY"]
    read = [replace(key, evidence=("read without a default at shop/settings.py:40",))]
    assert bearing(tuple(read), replace(nothing, files=frozenset({"shop/settings.py"})), ())
    needed = [replace(read[0], section="libraries", evidence=("needed by psycopg2/_psycopg.so",))]
    assert bearing(tuple(needed), replace(nothing, modules=frozenset({"psycopg2"})), ())
    assert not bearing(tuple(needed), replace(nothing, modules=frozenset({"numpy"})), ())
