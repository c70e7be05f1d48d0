"""Which locales a file system has, by the names under which the C library looks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.probe import locales
from parity.probe.process import arguments
from parity.probe.process.proc import Process
from parity.probe.rooted import RootedView


def test_a_locale_is_told_by_its_directory(tmp_path: Path) -> None:
    place = tmp_path / "usr/lib/locale"
    for name in ("de_DE.utf8", "nl_NL@euro"):
        (place / name).mkdir(parents=True)
        (place / name / "LC_CTYPE").touch()
    view = RootedView(str(tmp_path))
    for name in ("de_DE.UTF-8", "de_DE.utf8", "de_DE.UTF8", "nl_NL@euro", "nl_NL.UTF-8@euro"):
        assert locales.installed(view, name, musl=False) is True
    for name in ("fr_FR.UTF-8", "de_DE.ISO-8859-1", "../../../etc", "de_DE\0"):
        assert locales.installed(view, name, musl=False) is False
    assert locales.installed(view, "C.UTF-8", musl=False) is True
    assert locales.installed(view, "fr_FR.UTF-8", musl=True) is True
    (place / "locale-archive").write_bytes(b"")
    assert locales.installed(view, "fr_FR.UTF-8", musl=False) is None
    assert locales.installed(view, "de_DE.UTF-8", musl=False) is True


@pytest.mark.parametrize(("there", "utf8"), [(True, False), (False, True), (None, None)])
def test_a_python_turns_to_utf8_where_the_locale_is_not_installed(there: bool | None, utf8: bool | None) -> None:
    process = Process(0, {"LANG": "xx_XX.UTF-8"}, ["python3", "app.py"])
    assert arguments.flags(process, (3, 11), lambda name: there)["utf8_mode"] is utf8
    assert arguments.flags(process, (3, 15), lambda name: there)["utf8_mode"] is True


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("C.UTF-8", True),
        ("de_DE.utf8", True),
        ("de_DE@euro", True),
        ("ca_ES.UTF-8@valencia", True),
        ("zh_TW.Big5-HKSCS", True),
        ("ja_JP.eucJP", True),
        ("C.hunter2", False),
        ("de_DE.UTF-8@hunter2", False),
        ("hunter2", False),
    ],
)
def test_a_name_of_a_locale_has_a_character_set_that_there_is(name: str, known: bool) -> None:
    assert locales.well_formed(name) is known
