"""Import names out of the lists that installers write."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.probe.packages import provides

DATA = Path(__file__).parents[1] / "data" / "provides"
EXPECTED = json.loads((DATA / "expected.json").read_text())


def test_every_case_has_its_expectation() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in DATA.glob("*.record"))


@pytest.mark.parametrize("case", sorted(EXPECTED))
def test_names_in_a_record(case: str) -> None:
    assert provides.from_record((DATA / f"{case}.record").read_bytes()) == EXPECTED[case]


PATHS = st.lists(
    st.builds(
        "/".join,
        st.tuples(
            st.sampled_from(["a", "ab", "b", "c-1.dist-info", "a.libs"]), st.sampled_from(["x.py", "y.txt", "z.so"])
        )
        | st.tuples(st.sampled_from(["m.py", "n.abi3.so", "o.txt", "b.py", "p.cpython-311-x86_64-linux-gnu.so"])),
    ),
    max_size=12,
)


@given(PATHS)
def test_searching_the_bytes_finds_what_reading_the_rows_finds(paths: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((path, "", "") for path in paths)
    expected = set()
    for row in csv.reader(io.StringIO(text.getvalue())):
        top, slash, rest = row[0].partition("/")
        name = top if slash else top.partition(".")[0]
        if name.isidentifier() and (rest or top).endswith((".py", ".so")):
            expected.add(name)
    assert provides.from_record(text.getvalue().encode()) == sorted(expected)


NAMESPACE = b"""\
google/api/annotations_pb2.py,,
google/api/sub/deep.py,,
google/cloud/storage/__init__.py,,
google/cloud/fast.abi3.so,,
google/data/only.json,,
google/__pycache__/x.pyc,,
regular/__init__.py,,
regular/inside.py,,
"""


@pytest.mark.parametrize(
    ("name", "declared", "expected"),
    [
        ("google", False, ["google.api", "google.cloud"]),
        ("google.cloud", False, ["google.cloud.fast", "google.cloud.storage"]),
        ("google.cloud.storage", False, []),
        ("regular", False, []),
        ("regular", True, ["regular.inside"]),
        ("absent", False, []),
    ],
)
def test_what_stands_below_a_shared_name(name: str, declared: bool, expected: list[str]) -> None:
    assert provides.within(name, NAMESPACE, declared) == expected


def test_top_level_txt() -> None:
    assert provides.from_top_level(b"_hidden\r\nattr\nattrs\n\nno-name\nattr\n") == ["_hidden", "attr", "attrs"]
