"""Which findings a match of a policy is about."""

from __future__ import annotations

import pytest

from parity import sections
from parity.policy.agreed import Policy
from parity.policy.match import Matcher, matches_everything
from tests.policy.policies import under

FINDINGS = {f"{one.section}.{one.key}": one for one in under(Policy()).findings}


@pytest.mark.parametrize(
    ("match", "keys"),
    [
        ("packages.numpy", {"packages.numpy"}),
        ("packages.major", {"packages.numpy", "packages.attrs"}),
        ("packages.*", {"packages.numpy", "packages.attrs", "packages.requests"}),
        ("*.server_version", {"database.server_version"}),
        ("*num*", {"packages.numpy"}),
        ("environment.APP_[KD]*", {"environment.APP_KEY", "environment.APP_DSN"}),
        ("environment.app_*", set()),
        ("packages.m*", set()),
        ("packages.nump", set()),
        ("numpy", set()),
        ("packages.num.y", set()),
    ],
)
def test_by_id_or_by_a_glob_over_the_name(match: str, keys: set[str]) -> None:
    for matches in ([match], ["*.nothing", match], [match, "packages.zzz*"]):
        matcher, place = Matcher(matches), matches.index(match)
        assert {key for key, one in FINDINGS.items() if place in matcher.of(one)} == keys


def test_places_come_in_order() -> None:
    matches = ["*y", "packages.numpy", "packages.*", "packages.major", "pack*.numpy", "*.num*", "x.*"]
    assert Matcher(matches).of(FINDINGS["packages.numpy"]) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "match", ["*", "*.*", "**", "?*", "*?", "*.?*", "[a-z]*", "[!.]*.*", "*[!.]*", "?*.*", "***.***"]
)
def test_what_leaves_nothing_out_is_told_however_it_is_written(match: str) -> None:
    assert matches_everything(match, sections.names())


@pytest.mark.parametrize("match", ["packages.*", "*.numpy", "p*", "*.[A-Z]*", "?.*", "packages", "*.?", "[*]"])
def test_what_leaves_something_out_is_none(match: str) -> None:
    assert not matches_everything(match, sections.names())
