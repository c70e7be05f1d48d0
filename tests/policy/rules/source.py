"""Severities of `source`."""

from __future__ import annotations

from typing import Any

from tests.policy.findings import ERROR, INFO, WARNING, Case


def code(digest: str = "00aa", **more: Any) -> dict[str, Any]:
    """A file of code."""
    return {"digest": digest, "size": 9, **more}


MAIN = {"main.py": code()}
PYC = "__pycache__/prices.cpython-311.pyc"


def loaded(digest: str, state: str = "loaded") -> dict[str, Any]:
    """Bytecode that stands in for its source."""
    return {"bytecode": state, "digest": digest}


def case(local: dict[str, Any], production: dict[str, Any], expected: dict[str, tuple[str, str]]) -> Case:
    """Beside a file that both sides have."""
    return {**MAIN, **local}, {**MAIN, **production}, expected


CASES: list[Case] = [
    case({"shop/a.py": code()}, {}, {"shop/a.py": ("not-deployed", WARNING)}),
    case({"shop/a.py": code()}, {"shop/a.py": code("11")}, {"shop/a.py": ("changed", WARNING)}),
    case({}, {"shop/old.py": code()}, {"shop/old.py": ("only-production", INFO)}),
    case({"tests/test_a.py": code()}, {}, {"tests/test_a.py": ("other", INFO)}),
    case({".github/ci.yml": code()}, {}, {".github/ci.yml": ("other", INFO)}),
    case({"README.md": {"size": 3}}, {}, {}),
    case({"Dockerfile": code()}, {"Dockerfile": code("11")}, {"Dockerfile": ("other", INFO)}),
    case({"t/Bill.html": code()}, {"t/bill.html": code()}, {"t/Bill.html": ("case", ERROR)}),
    case(
        {"models.py": code()},
        {"models.py": code(), "models/__init__.py": code()},
        {"models/__init__.py": ("shadows", ERROR)},
    ),
    case({}, {"email.py": code()}, {"email.py": ("shadows", ERROR)}),
    case({}, {"random/__init__.py": code()}, {"random/__init__.py": ("shadows", ERROR)}),
    case({"run.sh": code(executable=True)}, {"run.sh": code()}, {"run.sh": ("not-executable", WARNING)}),
    case({"run.sh": code()}, {"run.sh": code(executable=True)}, {"run.sh": ("other", INFO)}),
    case({"run.sh": code("a")}, {"run.sh": code("b", lf_digest="a")}, {"run.sh": ("line-ends", WARNING)}),
    case({"a.py": code("a")}, {"a.py": code("b", lf_digest="a")}, {"a.py": ("line-ends", INFO)}),
    case({"a.py": code("b", lf_digest="a")}, {"a.py": code("a")}, {"a.py": ("line-ends", INFO)}),
    case({}, {PYC: loaded("1", "outdated")}, {PYC: ("stale-bytecode", ERROR)}),
    case({PYC: loaded("1", "outdated")}, {}, {PYC: ("stale-bytecode", INFO)}),
    case({}, {PYC: loaded("1", "unchecked")}, {PYC: ("stale-bytecode", WARNING)}),
    case({PYC: loaded("1")}, {PYC: loaded("2")}, {PYC: ("stale-bytecode", WARNING)}),
    case({PYC: loaded("1")}, {}, {}),
    case({"commit": "aa", "branch": "main"}, {"commit": "bb", "branch": "main"}, {"commit": ("commit", INFO)}),
    case({"dirty": True}, {"dirty": False}, {"dirty": ("commit", INFO)}),
    case({"commit": "aa"}, {}, {}),
    ({"a.py": code()}, {"b.py": code(), "c.py": code()}, {"*": ("elsewhere", INFO)}),
    (
        {"./": code(files=2), "shop/": code("1", files=2), "tests/": code("2", files=9)},
        {"./": code(files=2), "shop/": code("3", files=1)},
        {"shop/": ("changed", WARNING), "tests/": ("other", INFO)},
    ),
    (
        {"./": code("0", files=2), "shop/": code("1", files=2)},
        {"./": code("9", files=2), "lib/": code("3", files=1)},
        {"*": ("elsewhere", INFO)},
    ),
    (
        {"./": code(files=2), "shop/": code("1", files=2)},
        {"./": code(files=2)},
        {"shop/": ("not-deployed", WARNING)},
    ),
    (
        {**MAIN, **{f"docs/{n}.rst": code() for n in range(9)}},
        MAIN,
        {"docs/": ("other", INFO)},
    ),
    (
        {**MAIN, **{f"shop/{n}.py": code() for n in range(30)}, "jobs.py": code()},
        MAIN,
        {"shop/": ("not-deployed", WARNING), "jobs.py": ("not-deployed", WARNING)},
    ),
    ({**MAIN, ".env": True}, MAIN, {".env": ("dotenv", INFO)}),
    ({**MAIN, ".env": True}, {**MAIN, ".env": True}, {}),
]
