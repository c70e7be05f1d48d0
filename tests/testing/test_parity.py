"""What a test may ask of the comparison."""

from __future__ import annotations

import pytest

from parity.diff import compare
from parity.policy import judge
from parity.profile.model import Section, Status
from parity.testing.parity import Parity
from tests.diff.profiles import profile, section
from tests.policy.policies import LOCAL, PRODUCTION


@pytest.fixture
def parity() -> Parity:
    """Two sides of which production could not tell its volumes, and has a variable that is empty."""
    local = profile({name: section(items) for name, items in LOCAL.items()} | {"volumes": section({"/data": {}})})
    production = profile(
        {name: section(items) for name, items in PRODUCTION.items()}
        | {"volumes": Section(Status.UNAVAILABLE, "no process runs there")}
    )
    comparison = compare(local, production)
    return Parity(local, production, comparison, judge(comparison, local, production))


@pytest.mark.parametrize(
    ("names", "same"),
    [
        (["packages.idna"], True),
        (["packages.numpy"], False),
        (["packages.idna", "packages.numpy"], False),
        (["packages"], False),
        (["packages.i*"], True),
        (["packages.n*"], False),
        (["environment.APP_DSN"], False),
        (["packages.not-there"], True),
        (["volumes"], False),
        (["volumes./data"], False),
        (["locale"], False),
        ([], False),
    ],
)
def test_the_same_is_what_was_compared_and_does_not_differ(parity: Parity, names: list[str], same: bool) -> None:
    assert parity.same(*names) is same


def test_what_differs_and_what_nobody_could_compare(parity: Parity) -> None:
    assert [one.key for one in parity.differences("packages.[nr]*")] == ["numpy", "requests"]
    assert parity.differences("volumes") == ()
    assert parity.unknown("volumes") == ("volumes was not compared: no process runs there",)
    assert parity.unknown("locale") == ("locale was not compared: neither side tells of it",)
    assert parity.unknown("packages") == ()


def test_a_section_that_does_not_exist_is_no_answer(parity: Parity) -> None:
    with pytest.raises(ValueError, match="there is no section 'package': did you mean packages"):
        parity.same("package.django")
