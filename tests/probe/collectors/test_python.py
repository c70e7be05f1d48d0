"""The interpreter's own facts, against what it says of itself when it is asked in full."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parity import bundle
from parity.probe.collectors import python
from parity.probe.kit import Unavailable, View
from parity.probe.process.proc import Process
from parity.probe.python import live
from parity.probe.python.stdlib import MODULES
from tests.probe.pythons import Python, supported
from tests.services import program

ASK = """
import importlib, json, platform, sys, sysconfig
def there(name):
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True
told = {"version": platform.python_version(), "soabi": sysconfig.get_config_var("SOABI"), "abi": sys.abiflags,
        "platform": sysconfig.get_platform(), "debug": bool(sysconfig.get_config_var("Py_DEBUG")),
        "modules": [name for name in json.loads(sys.argv[1]) if there(name)]}
for name, module, value in (("openssl", "ssl", "OPENSSL_VERSION"), ("sqlite", "sqlite3", "sqlite_version"),
                            ("zlib", "zlib", "ZLIB_RUNTIME_VERSION")):
    if module in told["modules"]:
        told[name] = getattr(importlib.import_module(module), value)
print(json.dumps(told))
"""


def ask(run: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what Python tells when everything is imported, the probe's section)."""
    words = [*run, "-W", "ignore", "-c", ASK, json.dumps(sorted(MODULES))]
    told = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    script = subprocess.run(
        [*run, "-I", "-S", "-B", "-"], input=bundle.script(), capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(told.stdout), json.loads(script.stdout)["sections"]["python"]


def compare(told: dict[str, Any], section: dict[str, Any]) -> None:
    items = section["items"]
    assert section["status"] == "ok", section["reason"]
    assert items["version"] == told["version"]
    assert items["soabi"] == told["soabi"]
    assert items["abi"] == "cp" + "".join(told["version"].split(".")[:2]) + told["abi"]
    assert items["platform_tag"] == told["platform"].replace("-", "_").replace(".", "_")
    assert items["debug"] is told["debug"]
    assert items["free_threaded"] is ("t" in told["abi"])
    assert [name for name in sorted(MODULES) if f"stdlib.{name}" in items] == told["modules"]
    assert items.get("sqlite") == told.get("sqlite")
    assert items.get("zlib") == told.get("zlib")
    assert items.get("openssl", "") in told.get("openssl", "")
    assert ("openssl" in items) == ("openssl" in told)


@pytest.mark.parametrize("one", supported(), ids=str)
def test_facts_are_those_the_interpreter_tells(one: Python) -> None:
    compare(*ask([one.path]))


@pytest.mark.docker
@pytest.mark.parametrize("release", ["bookworm", "trixie"])
def test_debians_python_lacks_what_debian_packages_apart(release: str, base_image: Callable[[str], str]) -> None:
    told, section = ask([program("docker"), "run", "--rm", "-i", base_image(release), "python3"])
    compare(told, section)
    assert "stdlib.tkinter" not in section["items"]
    assert section["items"]["kind"] == "system"
    assert section["items"]["prefix"] == "/usr"


def section_of(process: Process, executable: str) -> dict[str, Any]:
    view = View()
    view.process, view.executable, view.describe = process, executable, live.describe
    return python.collect(view).as_dict()  # type: ignore[no-any-return]


def test_a_persons_home_is_not_told(tmp_path: Path) -> None:
    home = tmp_path / "home" / "alice"
    subprocess.run([supported()[-1].path, "-m", "venv", "--without-pip", str(home / "env")], check=True, timeout=60)
    answer = subprocess.run(
        [str(home / "env" / "bin" / "python"), "-I", "-S", "-B", "-"],
        input=bundle.script(),
        env={"HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    section = json.loads(answer.stdout)["sections"]["python"]
    assert section["items"]["prefix"] == "~/env"
    assert section["items"]["executable"] == "~/env/bin/python"
    assert str(home) not in json.dumps(section)


def test_what_could_not_be_told_of_the_flags_is_unknown() -> None:
    import sys

    refused = section_of(Process(7, None, ["python3", "-O", "app.py"]), sys.executable)
    assert refused["hidden"] == ["flags.*"]
    assert refused["items"]["flags.optimize"] == 1
    assert "flags.utf8_mode" not in refused["items"]
    renamed = Process(7, {}, ["gunicorn: master [app]"], exe=sys.executable)
    assert section_of(renamed, sys.executable)["hidden"] == ["flags.*"]


def test_another_interpreter_than_this_one_is_not_described() -> None:
    with pytest.raises(Unavailable):
        section_of(Process(7, {}, []), "/bin/true")


def test_an_extension_that_does_not_load_is_not_there(tmp_path: Path) -> None:
    """A build whose OpenSSL was removed: the file of `_ssl` is there, and importing it fails."""
    newest = supported()[-1]
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "_ssl.py").write_text("raise ImportError('libssl.so.1.1: cannot open shared object file')\n")
    script = f"import sys; sys.path.insert(0, {str(broken)!r})\n" + bundle.script()
    words = [newest.path, "-I", "-S", "-B", "-"]
    answer = subprocess.run(words, input=script, capture_output=True, text=True, check=True, timeout=60)
    section = json.loads(answer.stdout)["sections"]["python"]
    assert "stdlib.ssl" not in section["items"]
    assert "openssl" not in section["items"]
    assert section["notes"] == ["_ssl is there and does not load: a library that it needs is missing or too old"]


def test_every_compared_flag_is_one_that_is_recorded() -> None:
    compared = {name.removeprefix("flags.") for name in python.COMPARED if name.startswith("flags.")}
    assert compared < set(python.SHOWN)
