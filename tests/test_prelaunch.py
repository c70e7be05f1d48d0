"""The probe is started early only where the command line leaves no doubt, and claimed only for the same question."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from parity import prelaunch
from parity.snapshot.ask import ask
from parity.snapshot.request import Request


@pytest.mark.parametrize(
    "line",
    [
        "snapshot",
        "snapshot local",
        "snapshot -o profiles/local.json",
        "snapshot --output=x.json local",
        "diff local production.json",
        "diff profiles/local.json local --format json",
    ],
)
def test_plain_requests_start_it(line: str) -> None:
    assert prelaunch.asks_for_local(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "",
        "show",
        "snapshot docker://web",
        "snapshot local?path=/data",
        "snapshot --python /x",
        "snapshot --section packages",
        "snapshot --path /data",
        "snapshot --timeout 3",
        "snapshot --help",
        "snapshot local local",
        "diff local local",
        "diff local",
        "diff a.json b.json",
        "diff local b.json --skip packages",
        "snapshot -o",
    ],
)
def test_anything_else_does_not(line: str) -> None:
    assert not prelaunch.asks_for_local(line.split())


def test_another_question_or_interpreter_does_not_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PARITY_TIMEOUT", raising=False)
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    monkeypatch.chdir(tmp_path)
    python = str(Path(sys.prefix) / "bin" / "python")
    question = ask(Request(), launcher=os.getpid())

    prelaunch.begin(["snapshot"])
    claimed = prelaunch.claim(python, question)
    assert claimed is not None
    assert claimed[1].document == question.document
    claimed[0].kill()

    prelaunch.begin(["snapshot"])
    assert prelaunch.claim(python, question._replace(document="{}")) is None
    prelaunch.begin(["snapshot"])
    assert prelaunch.claim("/usr/bin/other", question) is None
    assert prelaunch.claim(python, question) is None
