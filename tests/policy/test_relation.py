"""A repository that only lies around: by what it is known to be the one of a side."""

from __future__ import annotations

from typing import Any

import pytest

from parity.policy.relation import unrelated
from parity.profile.model import Profile
from tests.diff.profiles import profile, section, unavailable
from tests.policy.findings import version
from tests.policy.repository import asked, imported, read, repository, side

SET = {"state": "set"}
SHOP = (asked("fastapi", "pyproject.toml:12"), asked("pytest", "pyproject.toml:20", group="dev"))
CODE = {"digest": "b69d1c7dc947957e", "size": 558}
EMPTY = {"digest": "e3b0c44298fc1c14", "size": 0}


def code(**items: Any) -> Profile:
    return profile({"source": section(items)})


def test_by_the_packages_of_the_program() -> None:
    shop = repository(*SHOP)
    assert not unrelated(shop, side(packages={}), side(packages={"fastapi": version("0.110.0")}))
    assert unrelated(shop, side(packages={"pytest": version("8.0")}), side(packages={"django": version("5.0")}))
    assert unrelated(repository(), side(packages={"fastapi": version("1")}), side())
    assert unrelated(shop, profile({"packages": unavailable()}), profile({}))
    assert not unrelated(repository(imported("yaml", "a.py:1")), side(packages={"pyyaml": version("6.0")}), side())


@pytest.mark.parametrize("here", [{}, {"a": version("1")}], ids=["no-packages", "other-packages"])
@pytest.mark.parametrize("own", [SHOP, ()], ids=["packages-of-its-own", "the-standard-library-alone"])
def test_by_a_variable_that_its_program_reads(here: dict[str, Any], own: tuple[Any, ...]) -> None:
    reads = repository(
        *own, read("STRIPE_KEY", "pay.py:1"), read("PATH", "pay.py:2"), read("PORT", "pay.py:3"), read("CI", "pay.py:4")
    )
    assert not unrelated(reads, side(packages=here, environment={"STRIPE_KEY": SET}), side(environment={}))
    assert not unrelated(reads, side(packages=here), side(environment={"STRIPE_KEY": {"state": "empty"}}))
    anybody = side(packages=here, environment={"PATH": SET, "PORT": SET, "CI": SET, "STRIPE": SET})
    assert unrelated(reads, anybody, anybody)
    tests = repository(*own, read("STRIPE_KEY", "tests/test_pay.py:1", dev=True))
    assert unrelated(tests, side(packages=here, environment={"STRIPE_KEY": SET}), side())


@pytest.mark.parametrize(
    ("declared", "deployed", "its"),
    [
        ({"server.py": CODE}, {"server.py": CODE}, True),
        ({"shop/server.py": CODE}, {"server.py": CODE}, True),
        ({"server.py": CODE}, {"server.py": {**CODE, "digest": "1" * 16}}, False),
        ({"server.py": CODE}, {"other.py": CODE}, False),
        ({"shop/__init__.py": EMPTY}, {"shop/__init__.py": EMPTY}, False),
        ({"notes.txt": {"size": 5}}, {"notes.txt": {"size": 5}}, False),
        ({"shop/": {"digest": "1" * 16, "files": 12}}, {"shop/": {"digest": "1" * 16, "files": 12}}, True),
        ({"shop/": {"digest": "1" * 16, "files": 1}}, {"shop/": {"digest": "1" * 16, "files": 1}}, False),
    ],
)
def test_by_a_file_of_its_code(declared: dict[str, Any], deployed: dict[str, Any], its: bool) -> None:
    for sides in ((code(**deployed), profile({})), (profile({}), code(**deployed))):
        assert unrelated(code(**declared), *sides) is not its
