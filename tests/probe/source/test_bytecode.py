"""Bytecode that Python itself compiled, beside sources that it is of or not."""

from __future__ import annotations

import py_compile
import subprocess
import sys
from pathlib import Path

import pytest

from parity.probe.source import bytecode

SOURCE = '"""Rates."""\n\nNOTE = """\ndef not_there(): ...\n"""\n\ndef vat_rate():\n    return 19\n\nclass Price: ...\n'
CHANGED = SOURCE.replace("vat_rate", "tax_rate")
HASHED = py_compile.PycInvalidationMode


def compiled(directory: Path, text: str, mode: HASHED = HASHED.TIMESTAMP) -> bytes:
    """What Python makes of a source, which stays there."""
    source = directory / "pricing.py"
    source.write_text(text)
    made = py_compile.compile(str(source), doraise=True, invalidation_mode=mode)
    assert made is not None
    return Path(made).read_bytes()


def state(data: bytes, source: Path) -> object:
    status = source.stat()
    return bytecode.state(data, source.read_bytes(), status.st_mtime, status.st_size)


def test_what_is_of_its_source_is_loaded(tmp_path: Path) -> None:
    assert state(compiled(tmp_path, SOURCE), tmp_path / "pricing.py") == "loaded"


def test_what_lacks_a_name_is_outdated_and_is_what_python_runs(tmp_path: Path) -> None:
    import os

    source = tmp_path / "pricing.py"
    source.write_text(CHANGED)
    os.utime(source, (1_700_000_000, 1_700_000_000))
    data = Path(str(py_compile.compile(str(source), doraise=True))).read_bytes()
    source.write_text(SOURCE)
    os.utime(source, (1_700_000_000, 1_700_000_000))
    assert state(data, source) == "outdated"
    run = [sys.executable, "-c", "import pricing; pricing.vat_rate()"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "has no attribute 'vat_rate'" in done.stderr


def test_what_python_would_compile_anew_is_nothing(tmp_path: Path) -> None:
    data = compiled(tmp_path, SOURCE)
    (tmp_path / "pricing.py").write_text(SOURCE + "# more\n")
    assert state(data, tmp_path / "pricing.py") is None
    assert bytecode.state(data, SOURCE.encode(), None, len(SOURCE)) is None


@pytest.mark.parametrize(
    ("mode", "expected"), [(HASHED.UNCHECKED_HASH, "unchecked"), (HASHED.CHECKED_HASH, None)], ids=str
)
def test_bytecode_by_hash(tmp_path: Path, mode: HASHED, expected: str | None) -> None:
    assert state(compiled(tmp_path, SOURCE, mode), tmp_path / "pricing.py") == expected


@pytest.mark.parametrize("data", [b"", b"\x00" * 15, b"\xff" * 16, b"\x00" * 4000])
def test_what_is_no_bytecode(data: bytes) -> None:
    assert bytecode.state(data, b"def f(): ...\n", 5.0, 9) is None


def test_texts_tell_two_sources_apart_and_nothing_of_where_they_lay(tmp_path: Path) -> None:
    places = [tmp_path / name for name in ("one", "another")]
    for place in places:
        place.mkdir()
    one, same = (bytecode.texts(compiled(place, SOURCE)) for place in places)
    assert one == same
    assert b"vat_rate" in one
    assert bytecode.texts(compiled(places[0], CHANGED)) != one


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pricing.cpython-311.pyc", ("pricing", "cpython-311", False)),
        ("pricing.cpython-313t.opt-2.pyc", ("pricing", "cpython-313t", True)),
        ("pricing.pypy310.pyc", ("pricing", "pypy310", False)),
        ("pricing.pyc", None),
        ("pricing.cpython-311.pyc.12345", None),
    ],
)
def test_names_in_a_cache(name: str, expected: object) -> None:
    assert bytecode.named(name) == expected


def test_a_source_of_nothing_but_quotes_is_gone_through_once() -> None:
    import time

    body = b"\0" * 100
    source = b'def here():\n\n"""' + b'\\"""' * 200_000 + b"\ndef quoted():\n"
    before = time.process_time()
    assert bytecode.lacks(body + b"here", source) is False
    assert bytecode.lacks(body, source) is True
    assert time.process_time() - before < 5


def test_of_more_names_than_any_file_has_nothing_is_said() -> None:
    assert not bytecode.lacks(b"", b"".join(b"def f%d():\n" % number for number in range(3000)))
