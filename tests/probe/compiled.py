"""Real shared libraries and extension modules, made by the machine's own compiler."""

from __future__ import annotations

import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from tests.services import program

SUFFIX = str(sysconfig.get_config_var("EXT_SUFFIX"))


def library(
    file: Path,
    *,
    soname: str | None = None,
    symbol: str = "there",
    calls: str | None = None,
    version: str | None = None,
    links: Sequence[Path] = (),
    flags: Sequence[str] = (),
) -> Path:
    """A library at `file` whose function `symbol` calls another one, when `calls` names it.

    `version` is the symbol version of the function.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    words = [f"-Wl,-soname,{soname or file.name}"]
    if version:
        script = file.with_suffix(".map")
        script.write_text(f"{version} {{ global: {symbol}; }};\n")
        words.append(f"-Wl,--version-script={script}")
    body = f"return {calls}();" if calls else "return 1;"
    declared = f"extern int {calls}(void);\n" if calls else ""
    return _compile(f"{declared}int {symbol}(void) {{ {body} }}\n", file, [*words, *flags], links)


def musl_program(directory: Path, links: Sequence[Path] = (), flags: Sequence[str] = ()) -> Path:
    """A program that asks for musl's dynamic linker."""
    directory.mkdir(parents=True, exist_ok=True)
    return _compile("int main(void) { return 0; }\n", directory / "program", flags, links, "musl-gcc", shared=False)


def extension(
    directory: Path, name: str, *, links: Sequence[Path] = (), calls: str = "there", flags: Sequence[str] = ()
) -> Path:
    """An extension module that calls a function of the libraries it is linked with when it is imported.

    It needs no headers of Python, since it makes no module: an import of it fails after the libraries are loaded.
    """
    source = f"extern int {calls}(void);\nvoid *PyInit_{name}(void) {{ {calls}(); return 0; }}\n"
    file = directory / f"{name}{SUFFIX}"
    directory.mkdir(parents=True, exist_ok=True)
    return _compile(source, file, [*flags], links)


def _compile(
    source: str, file: Path, flags: Sequence[str], links: Sequence[Path], compiler: str = "gcc", shared: bool = True
) -> Path:
    command: list[str | Path] = [program(compiler), *["-shared", "-fPIC"] * shared, "-O1", "-x", "c", "-", "-o", file]
    command += flags
    command += ["-Wl,--no-as-needed", "-Wl,--allow-shlib-undefined", "-x", "none", *links]
    subprocess.run(command, input=source, text=True, check=True, capture_output=True)
    return file
