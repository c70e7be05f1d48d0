"""What each mechanism says of a difference, and of which it says nothing."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parity.explain.causes import mechanisms
from tests.explain.cases import case

if TYPE_CHECKING:
    from tests.explain.causes.examples import Example

NAMES = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith(("test_", "examples"))
)
"""One file a mechanism, each with its EXAMPLES."""

EXAMPLES: list[tuple[str, Example]] = [
    (name, one) for name in NAMES for one in import_module(f"tests.explain.causes.{name}").EXAMPLES
]
each_example = pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{name}-{one.says.replace(' ', '-')}" for name, one in EXAMPLES]
)


@each_example
def test_likelihoods(name: str, example: Example) -> None:
    met = case(example.log, example.local, example.production, example.sources, example.declared)
    told: dict[str, float] = {}
    for one in mechanisms()[name].weigh(met):
        assert one.kind == name
        told[one.label] = max(told.get(one.label, 0.0), one.likelihood)
    assert told.keys() == example.causes.keys()
    for label, (least, most) in example.causes.items():
        assert least <= told[label] <= most, f"{label} at {told[label]}"


@each_example
def test_every_candidate_can_be_checked(name: str, example: Example) -> None:
    met = case(example.log, example.local, example.production, example.sources, example.declared)
    for one in mechanisms()[name].weigh(met):
        assert 0 < one.likelihood < 1
        assert one.evidence
        assert one.refuted_by
        for text in (*(each.words for each in one.evidence if each.source != "log"), one.refuted_by, one.fix):
            assert not text.endswith(".")
            assert "None" not in text.replace("NoneType", "")


def test_every_file_has_one_that_speaks_and_one_that_is_silent() -> None:
    speaks = {name for name, one in EXAMPLES if one.causes}
    silent = {name for name, one in EXAMPLES if not one.causes}
    assert set(NAMES) - speaks == set()
    assert set(NAMES) - silent == set()
    assert set(NAMES) <= set(mechanisms())
