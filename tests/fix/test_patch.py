"""The patch: what `git apply` and `patch` make of it is what the edits say, for any text."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.fix.model import Edit
from parity.fix.patch import applied, patch
from tests.services import program

TEXTS = {
    "plain": "a\nb\nc\n",
    "no-end": "a\nb\nc",
    "windows": "a\r\nb\r\nc\r\n",
    "odd-breaks": "a\x0cx\nb\u2028y\nc\x85\n",
    "empty": "",
}
EDITS = {
    "first": (Edit("f.txt", 1, 0, ("new",)),),
    "last": (Edit("f.txt", 4, 0, ("new",)),),
    "replaced": (Edit("f.txt", 2, 1, ("new", "newer")),),
    "gone": (Edit("f.txt", 3, 1, ()),),
    "several": (Edit("f.txt", 3, 1, ("z",)), Edit("f.txt", 1, 0, ("x",)), Edit("f.txt", 2, 0, ("y",))),
}


@pytest.mark.parametrize("tool", ["git", "patch"])
@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_applies_cleanly(text: str, edits: tuple[Edit, ...], tool: str, tmp_path: Path) -> None:
    file = tmp_path / "f.txt"
    file.write_bytes(text.encode())
    written = patch({"f.txt": text}, edits)
    (tmp_path / "fix.patch").write_bytes(written.encode())
    if not written:
        assert applied(text, edits) == text
        return
    words = ["apply", "fix.patch"] if tool == "git" else ["--binary", "-p1", "-i", "fix.patch"]
    done = subprocess.run([program(tool), *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + written
    assert file.read_bytes().decode() == applied(text, edits)


def test_a_file_that_is_not_there_is_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "fix.patch").write_text(patch({}, [Edit(".env.example", 1, 0, ("A=",))]))
    subprocess.run([program("git"), "apply", "fix.patch"], cwd=tmp_path, check=True)
    assert (tmp_path / ".env.example").read_text() == "A=\n"


@given(
    st.text(alphabet="ab \n", max_size=30), st.integers(1, 12), st.integers(0, 3), st.lists(st.text("xy", max_size=3))
)
def test_what_is_outside_of_an_edit_stays(text: str, line: int, removed: int, lines: list[str]) -> None:
    before = text.split("\n")
    edit = Edit("f", line, removed, tuple(lines))
    after = applied(text, [edit]).split("\n")
    kept = min(line, len(before)) - 1
    assert after[:kept] == before[:kept]


def test_of_two_edits_of_one_line_the_first_holds() -> None:
    assert applied("a\nb\n", [Edit("f", 1, 1, ("x",)), Edit("f", 1, 1, ("y",))]) == "x\nb\n"
