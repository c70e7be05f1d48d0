"""Dotenv files: the names that they set, whether to anything, and never what to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.probe.environment import dotenv

CASES = sorted((Path(__file__).parents[1] / "data" / "dotenv").glob("*.env"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    expected = json.loads(case.with_suffix(".json").read_text("ascii"))
    states, odd = dotenv.parse(case.read_bytes().decode("utf-8"), expected.get("known"))
    assert states == expected["names"]
    assert odd == expected["odd"]


def test_there_are_cases_and_each_is_whole() -> None:
    assert len(CASES) > 4
    assert {case.stem for case in CASES} == {path.stem for path in CASES[0].parent.glob("*.json")}


@given(st.text(alphabet="AB= \t\n\r'\"\\#${}:-.export", max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    states, odd = dotenv.parse(text)
    assert set(states.values()) <= {"set", "empty", "bare"}
    assert len(states) + odd <= len(text) + 1


@given(st.dictionaries(st.from_regex(r"[A-Z_]{1,8}", fullmatch=True), st.text(alphabet='abc \n#="', max_size=12)))
def test_what_is_quoted_comes_back(values: dict[str, str]) -> None:
    escaped = {name: value.replace("\\", "\\\\").replace('"', '\\"') for name, value in values.items()}
    text = "".join(f'{name}="{value}"\n' for name, value in escaped.items())
    assert dotenv.parse(text) == ({name: "set" if value else "empty" for name, value in values.items()}, 0)


@pytest.mark.parametrize(
    "text",
    [
        "A='\\'\n" * 40_000,
        "A=" + " " * 500_000 + "x\n",
        " " * 500_000 + "=",
        "\n" * 500_000,
        "A" * 500_000,
        "".join(f"A{index}=${{A{index - 1}}}${{A{index - 1}}}\n" for index in range(20_000)),
        "A=${" * 100_000,
        'A="' + "\\" * 500_000,
    ],
    ids=["escapes", "spaces", "blanks", "newlines", "name", "doubling", "references", "backslashes"],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    import time

    began = time.monotonic()
    dotenv.parse(text)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "line",
    [
        "export AKIAIOSFODNN7EXAMPLE",
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMIKMDENGbPxRfiCYEXAMPLEKEY",
        "deadbeefdeadbeef",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "aB3dE_fG7hI_jK9lM",
        "Z9WU0AuYvLTkPjVGE2jDsFo9SbPqYbIM7Yd6d1R3mWk=",
    ],
)
def test_a_key_is_no_name(line: str) -> None:
    assert dotenv.parse(f"A=1\n{line}\n") == ({"A": "set"}, 1)


@pytest.mark.parametrize(
    "line",
    [
        "AWS_S3_BUCKET_NAME_V2",
        "OAUTH2_CLIENT_SECRET",
        "INTERNATIONALIZATION",
        "Auth0ClientSecretKey=",
        "A0B1C2D3E4F5G6H7=x",
    ],
)
def test_a_long_name_is_none(line: str) -> None:
    states, odd = dotenv.parse(line)
    assert (list(states), odd) == ([line.removeprefix("export ").partition("=")[0]], 0)
