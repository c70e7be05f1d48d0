from __future__ import annotations

import re

import pytest

from parity import errors
from parity.errors import ParityError

CLASSES = {name: one for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, ParityError)}


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn: dict[str, tuple[str | None, int | None]] = {}
    above: dict[int, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"    ([│├└─ ]*)([A-Z]\w+) +(?:(\d+) )?", line)
        if match:
            depth, name = len(match[1]) // 4, match[2]
            drawn[name] = (above.get(depth - 1), int(match[3]) if match[3] else None)
            above[depth] = name
    true = {
        name: (one.__base__.__name__ if one is not ParityError and one.__base__ else None, one.exit_code)
        for name, one in CLASSES.items()
    }
    assert drawn.pop("ParityError") == (None, None)
    assert true.pop("ParityError") == (None, 4)
    assert drawn == true


@pytest.mark.parametrize("name", CLASSES)
def test_an_error_is_one_line_and_a_hint(name: str) -> None:
    kind = CLASSES[name]
    assert kind.__doc__
    error = kind("what happened", "what to do")
    assert (str(error), error.hint) == ("what happened", "what to do")
    assert kind("what happened").hint is None
