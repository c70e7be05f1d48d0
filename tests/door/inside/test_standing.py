"""Migrations that wait, by what a tool keeps: heads alone, or every name."""

from __future__ import annotations

import pytest

from parity.door.inside.standing import standing

CHAIN = ["a1", "b2<a1", "c3<b2"]
SQUASHED = ["0001", "0002<0001", "0001_squashed_0002=0001 0002", "0003<0001_squashed_0002"]


@pytest.mark.parametrize(
    ("written", "heads", "names", "applied", "expected"),
    [
        (CHAIN, [], [], False, (("a1", "b2", "c3"), ())),
        (CHAIN, ["b2"], [], True, (("c3",), ())),
        (CHAIN, ["c3"], [], True, ((), ())),
        (CHAIN, ["z9"], [], True, ((), ("z9",))),
        ([*CHAIN, "x1", "y2<x1"], ["b2"], [], True, (("c3",), ())),
        (["a1", "b2<a1", "c3<a1", "d4<b2 c3"], ["b2", "c3"], [], True, (("d4",), ())),
        (SQUASHED, ["0002"], ["0001", "0002"], True, (("0003",), ())),
        (SQUASHED, ["0003"], ["0001_squashed_0002", "0003"], True, ((), ())),
    ],
)
def test_what_waits_and_what_is_not_known(
    written: list[str], heads: list[str], names: list[str], applied: bool, expected: object
) -> None:
    assert standing(written, heads, names, applied) == expected
