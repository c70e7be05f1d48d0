"""How the program speaks: help, words it does not know, colour, width, streams."""

from __future__ import annotations

import os
import pty
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from parity import sections
from parity.cli._application import commands
from tests.cli.program import COMMAND, environment, parity
from tests.proof.profiles import WHOLE, profile, section

NAMES = tuple(module.__name__.rpartition(".")[2] for module in commands())


def on_a_terminal(*arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> tuple[int, str]:
    """(exit code, what a terminal of 80 columns is sent): both streams are the terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        if cwd is not None:
            os.chdir(cwd)
        os.execve(COMMAND[0], [*COMMAND, *arguments], environment({"TERM": "xterm", "COLUMNS": "80", **(env or {})}))
    sent = b""
    while True:
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:
            break
        if not part:
            break
        sent += part
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), sent.decode()


def plain(text: str) -> str:
    """What a terminal shows in the end, unpainted, its lines joined."""
    text = re.sub(r"[^\n]*\r\x1b\[2K", "", text)
    return " ".join(re.sub(r"\x1b\[[0-9;]*[A-Za-z]|[│╭╮╰╯─]", " ", text).split())


def test_without_arguments_it_shows_help_and_exits_2() -> None:
    alone, asked = parity(), parity("--help")
    assert (alone.code, alone.err) == (2, "")
    assert (asked.code, asked.err) == (0, "")
    assert alone.out.strip() == asked.out.strip()
    for name in NAMES:
        assert re.search(rf"│ {name} +\S", asked.out), name
    assert "Exit codes: 0 parity, 1 drift, 2 usage or invalid input, 3 incomplete, 4 internal error." in plain(
        asked.out
    )


def test_version() -> None:
    result = parity("--version")
    assert result.code == 0
    assert re.fullmatch(r"parity \d+\.\d+\.\d+\n", result.out)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_examples_that_fit(name: str) -> None:
    module = next(one for one in commands() if one.__name__.endswith(f".{name}"))
    for columns in (80, 140):
        shown = parity(name, "-h", env={"COLUMNS": str(columns)})
        assert (shown.code, shown.err) == (0, "")
        assert max(map(len, shown.out.splitlines())) <= columns
    text = plain(shown.out)
    assert "Examples" in text
    for example in module.EXAMPLES:
        assert f"$ {example}" in text
    for option, beside in re.findall(r"│ \*? *(--[a-z-]+)(.*?)│", shown.out):
        # Its metavar is in capitals, what it does is a sentence.
        assert len(re.findall(r"\b[A-Z]?[a-z]+\b", re.sub(r"\[.*?\]", "", beside))) >= 3, option


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_are_command_lines_that_parse(name: str, tmp_path: Path) -> None:
    import shlex

    module = next(one for one in commands() if one.__name__.endswith(f".{name}"))
    for example in module.EXAMPLES:
        (ours,) = [one for one in re.split(r" [|>] ", example) if one.startswith("parity ")]
        words = shlex.split(ours)[1:]
        # No engine and no profile here: past the parser they end with a fault of their own, never with one of usage.
        env = {"DOCKER_HOST": "unix:///nonexistent", "PROD_URL": "postgresql://127.0.0.1:1/db"}
        result = parity(*words, env=env, cwd=tmp_path)
        assert "--help" not in result.err, (example, result.err)
        assert "there is no" not in result.err
        assert "no option" not in result.err


UNKNOWN = {
    ("snapshto",): "snapshot",
    ("snapshot", "--sectoin", "packages"): "--section",
    ("snapshot", "--section", "package"): "did you mean packages?",
    ("snapshot", "--section", "zzz"): "sections: " + ", ".join(sections.names()),
    ("snapshot", "--skip", "pyhton"): "did you mean python?",
    ("snapshot", "--require", "databse"): "did you mean database?",
    ("diff", "a", "b", "--allow-unknown", "volume"): "did you mean volumes?",
    (
        "diff",
        "a",
        "b",
        "--format",
        "jsn",
    ): "formats: github, gitlab, html, json, junit, markdown, sarif, summary, terminal",
    ("diff", "a", "b", "--fail-on", "eror"): "levels: error, warning, info, never",
    ("show", "dokcer://web"): "did you mean docker",
    ("show", "nosuch://web"): "docker, ",
    ("show", "docker://web?pth=/data"): "database-url-env, env-file, executable, name, path, python, source",
    ("diff", "a"): "PRODUCTION",
    ("diff", "a", "--al"): "`parity diff --help` lists its arguments and options",
    ("baseline",): "`parity baseline --help` lists",
    ("difff",): "`parity --help` lists the commands",
    ("diff", "a", "b", "c"): "c",
    ("diff", "-", "-"): "standard input",
    ("snapshot", "-o"): "-o",
    ("snapshot", "--timeout", "0"): "1<=x<=3600",
    ("snapshot", "--timeout", "nan"): "--timeout",
    ("snapshot", "--timeout", "soon"): "soon",
    ("snapshot", "--python", "/nonexistent"): "--python",
    ("snapshot", "--section", "python", "--skip", "python"): "--skip leaves no section",
    ("show", "nothing.json"): "take it with `parity snapshot TARGET -o nothing.json`; `parity targets` lists them",
}


@pytest.mark.parametrize("arguments", UNKNOWN, ids=" ".join)
def test_a_word_that_is_not_known_is_told_with_what_is(arguments: tuple[str, ...], tmp_path: Path) -> None:
    result = parity(*arguments, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    result.line()
    assert UNKNOWN[arguments] in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"), [("PARITY_TIMEOUT", "soon"), ("PARITY_FORMAT", "x"), ("PARITY_FAIL_ON", "x")]
)
def test_a_variable_that_cannot_be_right_is_refused_like_an_option(name: str, value: str) -> None:
    result = parity("diff", "a", "b", env={name: value})
    assert (result.code, result.out) == (2, "")
    assert value in result.line()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed(shell: str) -> None:
    # Typer asks which shell it runs in unless told not to.
    env = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    result = parity("--show-completion", shell, env=env)
    assert (result.code, result.err) == (0, "")
    assert "parity" in result.out
    assert shell == "fish" or "_parity_completion" in result.out


def test_sections_complete() -> None:
    env = {"_PARITY_COMPLETE": "complete_bash", "COMP_WORDS": "parity snapshot --section p", "COMP_CWORD": "3"}
    result = parity(env=env)
    assert result.code == 0
    assert result.out.split() == [name for name in sections.names() if name.startswith("p")]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "local.json").write_bytes(profile({**WHOLE, "packages": section(requests={"version": "2.32.3"})}))
    (tmp_path / "production.json").write_bytes(profile({**WHOLE, "packages": section(requests={"version": "1.0"})}))
    return tmp_path


SGR = re.compile(r"\x1b\[")


def test_a_pipe_sees_neither_colour_nor_progress(files: Path) -> None:
    for arguments in (("diff", "local.json", "production.json"), ("show", "local.json"), ("snapshot",)):
        result = parity(*arguments, cwd=files, env={"TERM": "xterm-256color"})
        assert result.err == ""
        assert not SGR.search(result.out)


def test_colour_is_the_terminal_s_and_can_be_refused(files: Path) -> None:
    words = ("diff", "local.json", "production.json")
    code, coloured = on_a_terminal(*words, cwd=files)
    assert code == 1
    assert "\x1b[1;31mERRORS" in coloured
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        _, uncoloured = on_a_terminal(*words, cwd=files, env=env)
        assert not re.search(r"\x1b\[[0-9;]*m", uncoloured)
        assert plain(uncoloured) == plain(coloured)
    forced = parity(*words, cwd=files, env={"FORCE_COLOR": "1"})
    assert "\x1b[1;31mERRORS" in forced.out
    assert not SGR.search(parity(*words, cwd=files, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out)
    assert not SGR.search(parity(*words, "--format", "json", cwd=files, env={"FORCE_COLOR": "1"}).out)


def test_a_file_is_never_coloured(files: Path) -> None:
    code, sent = on_a_terminal("diff", "local.json", "production.json", "-o", "report.txt", cwd=files)
    assert code == 1
    assert plain(sent) == ""
    assert not SGR.search((files / "report.txt").read_text())


def test_a_terminal_sees_at_which_section_the_work_is_and_nothing_of_it_stays(tmp_path: Path) -> None:
    code, sent = on_a_terminal("snapshot", "-o", "local.json", cwd=tmp_path)
    assert code == 0
    lines = sent.split("\r\x1b[2K")
    assert lines[-1] == ""
    seen = {line.rpartition(": ")[2] for line in lines if line.startswith("this machine: ")}
    # It is drawn as the answers come: of several that come together only the last may be drawn.
    assert len(seen) >= 2
    assert seen <= set(sections.names())
    assert all(len(line) < 80 for line in lines)
    _, dumb = on_a_terminal("snapshot", "-o", "local.json", cwd=tmp_path, env={"TERM": "dumb"})
    assert dumb == ""


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 140, 200])
def test_no_line_is_wider_than_the_terminal(columns: int, tmp_path: Path) -> None:
    long = {
        f"a-distribution-with-a-rather-long-name-{'x' * number}": {"version": "1.0.0rc1+local.build"}
        for number in (1, 40, 90)
    }
    wide = {"APPLICATION_SETTINGS_MODULE_OVERRIDE_FOR_PRODUCTION": {"state": "set"}}
    local = {**WHOLE, "packages": section(**long), "environment": section(**wide)}
    local["volumes"] = section(**{"/var/lib/application/uploads/" + "deep/" * 12: {"writable": True, "kind": "bind"}})
    (tmp_path / "local.json").write_bytes(profile(local))
    (tmp_path / "production.json").write_bytes(profile({**WHOLE, "volumes": section("unavailable", "because " * 30)}))
    for words in (("show", "local.json", "--all"), ("diff", "local.json", "production.json", "--all")):
        result = parity(*words, cwd=tmp_path, env={"COLUMNS": str(columns)})
        assert max(map(len, result.out.splitlines())) <= columns, result.out
        assert result.err == ""
