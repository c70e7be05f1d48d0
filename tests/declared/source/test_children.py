"""Files that would end a parser, fill a memory or take all the time, and what becomes of the files around them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parity.declared import source
from parity.declared.facts import Facts, Place, ReadName
from parity.declared.source import children
from parity.declared.walk import walk
from tests.declared.checkouts import committed, write
from tests.probe.pythons import found
from tests.services import missing

PACKAGE = Path(children.__file__).parents[3]
READ = "import os\nos.environ['AFTER']\n"
HOSTILE = {
    "attributes": ("a" + ".b" * 200_000, True),
    "calls": ("f" + "()" * 200_000, True),
    "sum": ("1" + "+1" * 200_000, True),
    "unary": ("-" * 100_000 + "1", True),
    "brackets": ("(" * 5_000 + ")" * 5_000, True),
    "lambdas": ("lambda:" * 50_000 + "1", True),
    "elif": ("import os\nif 1: pass\n" + "elif os.environ['ELIF']: pass\n" * 900, False),
    "nothing after": ("def f(:\n", True),
    "python 2": ("import os\nprint 'x'\n", True),
    "tabs": ("if 1:\n\tx\n        y\n", True),
    "no such encoding": ("# -*- coding: nonsense -*-\nimport os\n", True),
    "escapes": ("import os\nx = '\\d'\nx is 1\n", False),
    "empty": ("", False),
}


def read(root: Path) -> Facts:
    return source.read(walk(root))


@pytest.mark.parametrize("kind", HOSTILE)
def test_one_file_is_one_sentence_and_the_rest_is_read(tmp_path: Path, kind: str) -> None:
    text, broken = HOSTILE[kind]
    write(
        tmp_path,
        {
            "a.py": "import os\nimport sys\n" + READ,
            "hostile.py": text if text.startswith("#") else "import os\n" * broken + text,
            "z.py": READ,
        },
    )
    facts = read(tmp_path)
    assert [fault.sentence.partition(":")[0] for fault in facts.faults] == ["hostile.py"] * broken
    assert all(fault.hides == (("packages", "*"), ("environment", "*")) for fault in facts.faults)
    assert {one.at.file for one in facts.read_names if one.name == "AFTER"} == {"a.py", "z.py"}


def test_a_file_that_serves_nobody_hides_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": READ, "tests/test_a.py": "import os\ndef broken(:\n"})
    facts = read(tmp_path)
    assert [fault.sentence.partition(":")[0] for fault in facts.faults] == ["tests/test_a.py"]
    assert facts.faults[0].hides == ()


def test_a_sentence_says_where_and_shows_nothing_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "import os\n\nos.environ['x' SECRET='hunter2'\n"})
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert [fault.sentence for fault in read(tmp_path).faults] == [f"a.py: not Python {version} at line 3"]


def test_a_binary_and_a_file_without_end_cost_no_more_than_their_size(tmp_path: Path) -> None:
    (tmp_path / "binary.py").write_bytes(os.urandom(3 << 20))
    (tmp_path / "huge.py").write_bytes(b"import os\n" * 500_000)
    (tmp_path / "long.py").write_text("import os\n" + "x = [1, 2, {'a': 'b'}]\n" * 50_000 + "os.environ['LAST']\n")
    (tmp_path / "one_line.py").write_text("import os\nx = [" + "1," * 500_000 + "os.environ['INSIDE']]\n")
    os.mkfifo(tmp_path / "fifo.py")
    began = time.monotonic()
    facts = read(tmp_path)
    assert time.monotonic() - began < 20
    assert [fault.sentence for fault in facts.faults] == ["binary.py: binary, no Python", "huge.py: too large"]
    assert [str(one.at) for one in facts.read_names] == ["one_line.py:2", "long.py:50002"]


def test_a_child_that_dies_costs_the_file_that_it_died_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The parser of 3.10 ends the process at this one; later ones refuse it.
    python = next((one.path for one in found() if one.version == (3, 10)), None) or missing("no Python 3.10")
    monkeypatch.setattr(sys, "executable", python)
    path = subprocess.run([python, "-Ic", "import sys; print(*sys.path)"], capture_output=True, text=True, check=True)
    monkeypatch.setattr(sys, "path", [str(PACKAGE), *path.stdout.split()])
    deadly = "import os\na" + ".b" * 200_000
    write(tmp_path, {"a.py": READ, "b.py": deadly, "c.py": READ, "d.py": deadly, "e.py": READ})
    facts = read(tmp_path)
    assert [fault.sentence for fault in facts.faults] == [
        "b.py: the parser of Python ends at it",
        "d.py: the parser of Python ends at it",
    ]
    assert [one.at.file for one in facts.read_names] == ["a.py", "c.py", "e.py"]


def test_children_that_die_again_and_again_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    write(tmp_path, {f"{number}.py": READ for number in range(8)})
    sentences = [fault.sentence for fault in read(tmp_path).faults]
    assert sentences[:5] == [f"{number}.py: the parser of Python ends at it" for number in range(5)]
    assert sentences[5:] == [f"{number}.py: not read: no parser is left" for number in range(5, 8)]


def test_a_child_that_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    write(tmp_path, {"a.py": READ})
    assert [fault.sentence for fault in read(tmp_path).faults] == ["a.py: not read: no parser is left"]


def test_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "SECONDS", 0.0)
    write(tmp_path, {f"{number}.py": "import os\n" * 20_000 for number in range(20)})
    sentences = [fault.sentence for fault in read(tmp_path).faults]
    assert sentences[-1].endswith("not read: the files before it took too long")


def test_several_children_say_what_one_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path, {f"d{number % 7}/m{number}.py": f"import os\nos.environ['N{number:03}']\n" for number in range(120)}
    )
    alone = read(tmp_path)
    monkeypatch.setattr(children, "ALONE", 10)
    monkeypatch.setattr(children, "BATCH", 7)
    assert read(tmp_path) == alone
    assert len(alone.read_names) == 120


def test_nothing_of_the_repository_is_imported_or_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = f"open({str(tmp_path / 'trace')!r}, 'w')\n"
    names = ("sitecustomize.py", "ast.py", "json.py", "parity.py", "usercustomize.py", "setup.py", "conftest.py")
    write(tmp_path / "root", dict.fromkeys(names, "import os\n" + trap))
    monkeypatch.chdir(tmp_path / "root")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "root"))
    read(tmp_path / "root")
    assert not (tmp_path / "trace").exists()


def test_a_module_that_git_ignores_and_the_source_imports(tmp_path: Path) -> None:
    committed(tmp_path, {".gitignore": "local_settings.py\n/generated/\nunused.py\n", "shop/__init__.py": ""})
    write(
        tmp_path,
        {"shop/local_settings.py": "import os\nos.environ['LOCAL']\n", "generated/api.py": "", "unused.py": ""},
    )
    write(
        tmp_path,
        {"shop/app.py": "from .local_settings import *\nimport generated.api\nfrom shop import local_settings\n"},
    )
    facts = read(tmp_path)
    assert [(one.path, one.at.line) for one in facts.ignored_imports] == [
        ("shop/local_settings.py", 1),
        ("generated/", 2),
        ("shop/local_settings.py", 3),
    ]
    assert facts.imports == ()
    assert facts.read_names == ()


def test_a_name_is_read_where_it_says(tmp_path: Path) -> None:
    write(tmp_path, {"a b/c.py": READ})
    assert read(tmp_path).read_names == (ReadName("AFTER", Place("a b/c.py", 2), required=True),)
