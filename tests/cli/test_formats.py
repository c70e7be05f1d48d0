"""Reports by their format, from the commands that write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.profile.document import render
from tests.cli.program import parity
from tests.report.example import container, laptop


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory with two profiles that differ, and a policy that names them."""
    (tmp_path / "local.json").write_text(render(laptop()), "utf-8")
    (tmp_path / "web.json").write_text(render(container()), "utf-8")
    (tmp_path / "parity.toml").write_text('local = "local.json"\nproduction = "web.json"\n')
    return tmp_path


@pytest.mark.parametrize("command", [("diff", "local.json", "web.json"), ("gate",)], ids=["diff", "gate"])
def test_a_page_goes_to_a_file_and_markdown_to_standard_output(place: Path, command: tuple[str, ...]) -> None:
    done = parity(*command, "--format", "html=report.html", "--format", "markdown", cwd=place)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("<!-- parity report -->\n## Drift: ")
    assert ("Judged by `parity.toml`" in done.out) is (command == ("gate",))
    page = place / "report.html"
    assert page.stat().st_mode & 0o777 == 0o600
    text = page.read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert text.endswith("</html>\n")
    assert "Drift: laptop and web - parity" in text
    assert ("What the policy says" in text) is (command == ("gate",))


def test_a_summary_and_a_page_are_the_same_bytes_each_time(place: Path) -> None:
    for form in ("html", "summary"):
        texts = {
            parity("diff", "local.json", "web.json", "--format", form, cwd=place, env={"PYTHONHASHSEED": seed}).stdout
            for seed in ("0", "1")
        }
        assert len(texts) == 1
        assert texts != {b""}
