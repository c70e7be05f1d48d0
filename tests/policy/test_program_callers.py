"""The list of programs that distributions start."""

from __future__ import annotations

import re

import pytest

from parity.policy import program_callers


def test_every_line_of_the_list_is_of_the_form_it_says() -> None:
    for one in program_callers.callers():
        assert one.source.startswith("https://")
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in one.distributions)
        assert all(re.fullmatch(r"[A-Za-z0-9_.+-]+", name) for name in one.programs)


def test_a_program_is_looked_up_by_its_name() -> None:
    assert next(one.distributions for one in program_callers.of("git")) == ("gitpython",)
    assert program_callers.of("units") == ()


@pytest.mark.parametrize("text", ["git\n", "[gitpython]\ngit\n"])
def test_a_program_needs_a_distribution_and_a_source(text: str) -> None:
    with pytest.raises(ValueError, match="without a distribution or a source"):
        list(program_callers.parsed(text))
