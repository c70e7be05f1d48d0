"""The search for shared libraries against the dynamic linker's own, by ldd, and by an import that fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest

from parity.probe.kit import View
from parity.probe.libraries import linker
from parity.probe.process.proc import Process
from tests.probe import elves
from tests.probe.compiled import extension, library, musl_program
from tests.probe.rooted import Rooted
from tests.services import program

PYTHON = os.path.realpath(sys.executable)

MODULES = sorted(
    [
        *Path(sysconfig.get_path("platlib")).glob("**/*.so"),
        *Path(sysconfig.get_path("platlib")).glob("*.libs/*.so*"),
        *Path(sysconfig.get_path("platstdlib"), "lib-dynload").glob("*.so"),
    ]
)


def view(environ: Mapping[str, str] = {}) -> View:
    live = View()
    live.process = Process(os.getpid(), environ=dict(environ), cwd="/")
    return live


def ldd(module: Path, environ: Mapping[str, str] = {}) -> dict[str, str | None]:
    """{soname: real file, None where it is not found} of everything that loading `module` alone would load."""
    done = subprocess.run(
        [program("ldd"), module], capture_output=True, text=True, check=False, env={"PATH": os.defpath, **environ}
    )
    pairs = re.findall(r"^\t(\S+) => (\S+|not found)(?: \(0x\w+\))?$", done.stdout, re.MULTILINE)
    return {name: None if path == "not found" else os.path.realpath(path) for name, path in pairs}


def found(module: Path, environ: Mapping[str, str] = {}) -> dict[str, str | None]:
    """The same, as the linker of the probe sees it for an interpreter that has loaded nothing yet."""
    search = linker.Linker(view(environ), PYTHON)
    search.own = {}
    file = search.file(str(module))
    assert file is not None
    edges, _ = search.closure(str(module), file)
    loader = Path(str(search.program.interpreter)).name
    return {edge.name: edge.path and os.path.realpath(edge.path) for edge in edges if edge.name != loader}


@pytest.mark.parametrize("module", MODULES[:: max(1, len(MODULES) // 40)], ids=lambda path: path.name)
def test_real_modules_resolve_as_ldd_resolves_them(module: Path) -> None:
    assert found(module) == ldd(module)


def chain(directory: Path, *flags: str, both: bool = False) -> Path:
    """A module that needs libone, which needs libtwo; `flags` are the module's, `both` that it names libtwo too."""
    two = library(directory / "libs" / "libtwo.so.2", symbol="two")
    one = library(directory / "libs" / "libone.so.1", symbol="one", links=[two])
    return extension(directory / "pkg", "_x", links=[one, two] if both else [one], calls="one", flags=flags)


NEW, OLD = "-Wl,--enable-new-dtags", "-Wl,--disable-new-dtags"


@pytest.mark.parametrize(
    ("flags", "one", "two"),
    [
        ([], False, False),
        ([NEW, "-Wl,-rpath,$ORIGIN/../libs"], True, False),
        ([OLD, "-Wl,-rpath,$ORIGIN/../libs"], True, True),
        ([OLD, "-Wl,-rpath,${ORIGIN}/nowhere:/nowhere"], False, False),
    ],
    ids=["no path", "RUNPATH is for the module alone", "RPATH is for what it loads, too", "a path to nowhere"],
)
def test_paths_in_the_module(flags: list[str], one: bool, two: bool, tmp_path: Path) -> None:
    module = chain(tmp_path, *flags)
    seen = found(module)
    assert (seen["libone.so.1"] is not None, seen.get("libtwo.so.2") is not None) == (one, two)
    assert seen == ldd(module)


def test_the_library_path_of_the_process_that_serves(tmp_path: Path) -> None:
    module = chain(tmp_path)
    environ = {"LD_LIBRARY_PATH": f"/nowhere:{tmp_path}/libs"}
    seen = found(module, environ)
    assert seen["libtwo.so.2"] == str(tmp_path / "libs" / "libtwo.so.2")
    assert seen == ldd(module, environ)


def test_what_is_loaded_already_is_not_looked_for_again(tmp_path: Path) -> None:
    """The module names both libraries, so that the first one's own need is met before it is searched for."""
    module = chain(tmp_path, NEW, "-Wl,-rpath,$ORIGIN/../libs", both=True)
    seen = found(module)
    assert seen["libtwo.so.2"] is not None
    assert seen == ldd(module)


def test_what_the_interpreter_has_loaded_serves_its_modules() -> None:
    search = linker.Linker(view(), PYTHON)
    assert set(ldd(Path(PYTHON))) <= set(search.own)
    assert Path(str(search.program.interpreter)).name in search.own


def system(root: Path, *, interpreter: str, kind: tuple[int, bool, int] = elves.X86_64) -> Rooted:
    there = Rooted(root)
    there.put("/usr/bin/python3", elves.write(kind, needed=["libc.so.6"], interpreter=interpreter))
    there.put(interpreter, elves.write(kind))
    there.serve("/usr/bin/python3", ["/app"], {})
    return there


def test_a_library_of_another_architecture_does_not_serve(tmp_path: Path) -> None:
    there = system(tmp_path, interpreter="/lib64/ld-linux-x86-64.so.2")
    there.put("/lib/x86_64-linux-gnu/libc.so.6", elves.write((32, True, 3)))
    there.put("/usr/lib64/libc.so.6", elves.write())
    search = linker.Linker(there, "/usr/bin/python3")
    assert search.own["libc.so.6"] == "/usr/lib64/libc.so.6"


def test_musl_is_every_part_of_the_c_library_and_reads_its_own_path(tmp_path: Path) -> None:
    there = system(tmp_path, interpreter="/lib/ld-musl-x86_64.so.1")
    there.put("/etc/ld-musl-x86_64.path", "/opt/a\n/opt/b:/opt/c\n")
    there.put("/opt/c/libffi.so.8", elves.write(soname="libffi.so.8"))
    search = linker.Linker(there, "/usr/bin/python3")
    assert search.find("libc.musl-x86_64.so.1") == "/lib/ld-musl-x86_64.so.1"
    assert search.find("libm.so.6") == "/lib/ld-musl-x86_64.so.1"
    assert search.find("libffi.so.8") == "/opt/c/libffi.so.8"
    assert search.find("libmagic.so.1") is None


def test_musl_takes_a_runpath_for_what_the_module_loads(tmp_path: Path) -> None:
    there = system(tmp_path, interpreter="/lib/ld-musl-x86_64.so.1")
    there.put("/app/pkg/_x.so", elves.write(needed=["liba.so.1"], runpath="$ORIGIN/../pkg.libs"))
    there.put("/app/pkg.libs/liba.so.1", elves.write(needed=["libb.so.1"]))
    there.put("/app/pkg.libs/libb.so.1", elves.write())
    search = linker.Linker(there, "/usr/bin/python3")
    edges, _ = search.closure("/app/pkg/_x.so", search.file("/app/pkg/_x.so"))
    assert [edge.path for edge in edges] == ["/app/pkg.libs/liba.so.1", "/app/pkg.libs/libb.so.1"]


def test_a_web_of_libraries_that_need_each_other_ends(tmp_path: Path) -> None:
    there = system(tmp_path, interpreter="/lib64/ld-linux-x86-64.so.2")
    for number in range(50):
        names = [f"lib{other}.so" for other in range(50)]
        there.put(f"/usr/lib/lib{number}.so", elves.write(needed=names))
    there.put("/app/_x.so", elves.write(needed=["lib0.so"]))
    search = linker.Linker(there, "/usr/bin/python3")
    edges, _ = search.closure("/app/_x.so", search.file("/app/_x.so"))
    assert len(edges) == 1 + 50 * 50


def test_a_library_that_cannot_be_read_is_not_said_to_be_missing(tmp_path: Path) -> None:
    there = system(tmp_path, interpreter="/lib64/ld-linux-x86-64.so.2")
    there.put("/usr/lib/libgood.so.1", elves.write())
    os.mkfifo(there.root + "/usr/lib/libodd.so.1")
    search = linker.Linker(there, "/usr/bin/python3")
    assert search.find("libodd.so.1") is None
    assert search.find("libgone.so.1") is None
    assert search.unsure == {"libodd.so.1"}


def test_a_cache_that_is_none_is_passed_over(tmp_path: Path) -> None:
    there = system(tmp_path, interpreter="/lib64/ld-linux-x86-64.so.2")
    there.put("/etc/ld.so.cache", b"nonsense")
    there.put("/usr/lib/libgood.so.1", elves.write())
    search = linker.Linker(there, "/usr/bin/python3")
    assert search.find("libgood.so.1") == "/usr/lib/libgood.so.1"
    assert search.problems == {"/etc/ld.so.cache": "not understood"}


def test_musl_as_its_own_dynamic_linker_lists_it(tmp_path: Path) -> None:
    two = library(tmp_path / "libs" / "libtwo.so.2", symbol="two")
    one = library(tmp_path / "libs" / "libone.so.1", symbol="one", links=[two])
    made = musl_program(tmp_path / "bin", links=[one], flags=[NEW, "-Wl,-rpath,$ORIGIN/../libs"])
    search = linker.Linker(view(), str(made))
    assert search.musl
    listed = subprocess.run(
        [str(search.program.interpreter), "--list", made], capture_output=True, text=True, check=False
    ).stdout
    named = dict(re.findall(r"^\t(\S+) => (\S+)", listed, re.MULTILINE))
    assert {"libone.so.1", "libtwo.so.2"} <= named.keys()
    assert {edge.name: edge.path for edge in search.edges if edge.name in named} == {
        name: os.path.normpath(path) for name, path in named.items()
    }
