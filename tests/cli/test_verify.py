"""parity verify"""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import parity
from tests.proof.profiles import profile


def test_a_line_for_each_and_exit_2_where_one_is_none(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_bytes(profile())
    (tmp_path / "changed.json").write_bytes(profile().replace(b"3.11.2", b"3.11.3"))
    (tmp_path / "later.json").write_bytes(profile(schema="2.0.0"))
    (tmp_path / "shape.json").write_bytes(profile(colour=1))
    good = parity("verify", "good.json", "good.json", cwd=tmp_path)
    assert (good.code, good.err) == (0, "")
    assert good.out == "good.json: ok, web (docker://web), taken 2026-03-01 12:00 UTC\n" * 2
    words = ("changed.json", "good.json", "later.json", "shape.json", "gone.json")
    result = parity("verify", *words, cwd=tmp_path)
    assert (result.code, result.line()) == (2, "4 of 5 cannot be taken for a profile")
    lines = result.out.splitlines()
    assert [line.partition(":")[0] for line in lines] == list(words)
    for line, said in zip(
        lines, ("its digest does not match", "ok, web", "needs parity >= 2.0", "unknown key", "no such"), strict=True
    ):
        assert said in line


def test_standard_input_and_nothing() -> None:
    assert parity("verify", "-", stdin=profile()).out.startswith("-: ok, web ")
    broken = parity("verify", "-", stdin=b"{}")
    assert (broken.code, broken.out.count("standard input")) == (2, 0)
    assert parity("verify").code == 2


def test_a_hostile_name_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    name = "::error::x\x1b[2J\u202e.json"
    (tmp_path / name).write_bytes(profile(name="##[set-env name=x]y \u202e"))
    result = parity("verify", name, "::warning::y", cwd=tmp_path)
    assert result.code == 2
    for line in result.out.splitlines():
        assert line.isprintable()
        assert not line.startswith("::")
        assert "##[" not in line
