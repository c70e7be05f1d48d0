"""The computed path against the one that the interpreter itself makes, on every Python of this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from parity import bundle
from parity.probe.kit import View
from parity.probe.process.proc import Process
from parity.probe.python import live, located
from tests.probe.pythons import REPORT, Python, driver, found, supported, unsupported, watch
from tests.services import program


@pytest.fixture
def venv(tmp_path: Path) -> Callable[..., Path]:
    """venv(python, *options) -> directory of a new environment without pip."""

    def make(python: Python, *options: str) -> Path:
        where = tmp_path / f"env{python}"
        subprocess.run([python.path, "-m", "venv", "--without-pip", *options, str(where)], check=True, timeout=60)
        return where

    return make


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A working directory with a program in it, a directory for PYTHONPATH and one for .pth files."""
    directory = tmp_path / "work"
    for name in ("app", "extra", "listed", "also"):
        (directory / name).mkdir(parents=True)
    (directory / "app" / "main.py").write_text(REPORT)
    return directory


def site_packages(environment: Path) -> Path:
    (found_there,) = environment.glob("lib/*/site-packages")
    return found_there


def write_pth(site: Path, work: Path) -> None:
    (site / "b.pth").write_text(f"# a comment\n\n{work / 'listed'}\n/not/there\n{work / 'listed'}\n")
    (site / "a.pth").write_text(f"import os; os.environ['RAN'] = '1'\n{work / 'also'}/  \n")
    (site / "relative.pth").write_text("../site-packages/inside\n")
    (site / "inside").mkdir()
    (site / "not-one.pth.bak").write_text(str(work / "extra"))


@pytest.mark.parametrize("python", supported(), ids=str)
def test_a_venv_with_pth_lines_and_pythonpath(python: Python, venv: Callable[..., Path], work: Path) -> None:
    environment = venv(python)
    write_pth(site_packages(environment), work)
    # An empty entry, a relative one, one that is not there and one that comes twice.
    environ = {"PATH": os.defpath, "PYTHONPATH": f":extra:/not/there:{work / 'extra'}", "HOME": str(work)}
    seen = watch([str(environment / "bin" / "python"), "app/main.py"], environ, work)
    assert seen.computed["path"] == seen.path
    assert seen.computed["prefix"] == seen.told["prefix"]
    assert seen.computed["kind"] == "venv"
    assert seen.computed["problems"] == {}
    assert [Path(name).name for name in seen.computed["code"]] == ["a.pth"]
    origins = seen.computed["origins"]
    assert origins[str(work / "app")] == "program"
    assert origins[str(work / "extra")] == "PYTHONPATH"
    assert origins[str(work / "listed")] == "b.pth"


@pytest.mark.parametrize("python", supported(), ids=str)
def test_a_venv_that_shares_the_systems_packages_and_the_users(
    python: Python, venv: Callable[..., Path], work: Path
) -> None:
    environment = venv(python, "--system-site-packages")
    user = work / "home" / ".local" / "lib" / site_packages(environment).parent.name / "site-packages"
    user.mkdir(parents=True)
    (user / "mine.pth").write_text(f"{work / 'listed'}\n")
    environ = {"PATH": os.defpath, "HOME": str(work / "home")}
    seen = watch([str(environment / "bin" / "python"), "-c", REPORT], environ, work)
    assert seen.computed["path"] == seen.path
    assert str(user) in seen.path, "the case must have what it is about"
    assert seen.computed["origins"][str(user)] == "user site"
    assert "system site" in seen.computed["origins"].values()


@pytest.mark.parametrize("python", supported(), ids=str)
def test_the_interpreter_itself_outside_an_environment(python: Python, work: Path) -> None:
    told = subprocess.run(
        [python.path, "-c", "import os, sys; print(os.path.realpath(sys.executable))"],
        capture_output=True,
        text=True,
        check=True,
    )
    environ = {"PATH": os.defpath, "PYTHONUSERBASE": str(work / "home")}
    (work / "home" / "lib" / f"python{python}" / "site-packages").mkdir(parents=True)
    seen = watch([told.stdout.strip(), "-c", REPORT], environ, work)
    assert seen.computed["path"] == seen.path
    assert seen.computed["prefix"] == seen.told["prefix"]
    assert seen.computed["kind"] == "system"


SWITCHES = [
    pytest.param(["-I"], id="isolated"),
    pytest.param(["-E"], id="without-its-environment"),
    pytest.param(["-s"], id="without-the-users-packages"),
    pytest.param(["-S"], id="without-site"),
    pytest.param(["-Es"], id="two-in-one-word"),
    pytest.param(["-X", "dev", "-W", "error", "--check-hash-based-pycs", "always", "-s"], id="after-values"),
    *([pytest.param(["-P"], id="safe-path")] if supported()[-1].version >= (3, 11) else []),
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that shares the system's packages, made once."""
    where = tmp_path_factory.mktemp("shared") / "env"
    options = ["--without-pip", "--system-site-packages"]
    subprocess.run([supported()[-1].path, "-m", "venv", *options, str(where)], check=True, timeout=60)
    return where


@pytest.mark.parametrize("switches", SWITCHES)
@pytest.mark.parametrize("how", ["script", "module", "link"])
def test_switches_and_ways_of_starting(switches: list[str], how: str, shared: Path, work: Path) -> None:
    user = work / "home" / ".local" / "lib" / f"python{supported()[-1]}" / "site-packages"
    user.mkdir(parents=True)
    (work / "link.py").symlink_to("app/main.py")
    (work / "main.py").write_text(REPORT)
    runs = {"script": ["app/main.py"], "module": ["-m", "main"], "link": ["link.py"]}[how]
    if how == "module" and any(letter in word for word in switches for letter in ("I", "P")):
        runs = ["-c", REPORT]
    environ = {"PATH": os.defpath, "HOME": str(work / "home"), "PYTHONPATH": "extra"}
    seen = watch([str(shared / "bin" / "python"), *switches, *runs], environ, work)
    assert seen.computed["path"] == seen.path


def test_a_conda_prefix_is_told_by_its_records(work: Path) -> None:
    prefix = work / "conda"
    python = supported()[-1]
    told = subprocess.run(
        [python.path, "-c", "import os, sys; print(os.path.realpath(sys.executable), sys.base_prefix)"],
        capture_output=True,
        text=True,
        check=True,
    )
    executable, base = told.stdout.split()
    library = f"lib/python{python}"
    (prefix / "bin").mkdir(parents=True)
    (prefix / "conda-meta").mkdir()
    shutil.copy2(executable, prefix / "bin" / "python")
    (prefix / "lib").mkdir()
    for shared in (Path(base) / "lib").glob("libpython*"):
        (prefix / "lib" / shared.name).symlink_to(shared)
    (prefix / library).mkdir()
    for entry in (Path(base) / library).iterdir():
        if entry.name != "site-packages":
            (prefix / library / entry.name).symlink_to(entry)
    (prefix / library / "site-packages").mkdir()
    seen = watch([str(prefix / "bin" / "python"), "-c", REPORT], {"PATH": os.defpath}, work)
    assert seen.computed["kind"] == "conda"
    assert seen.computed["prefix"] == seen.told["prefix"] == str(prefix)
    assert seen.computed["path"] == seen.path


def test_a_pyvenv_cfg_without_the_setting_shares_the_systems_packages(venv: Callable[..., Path], work: Path) -> None:
    environment = venv(supported()[-1])
    config = environment / "pyvenv.cfg"
    lines = config.read_text().splitlines(keepends=True)
    config.write_text("".join(line for line in lines if not line.startswith("include-system")))
    seen = watch([str(environment / "bin" / "python"), "-c", REPORT], {"PATH": os.defpath}, work)
    assert seen.computed["path"] == seen.path
    assert "system site" in seen.computed["origins"].values()


@pytest.mark.docker
@pytest.mark.parametrize(
    ("release", "how"), [(one, how) for one in ("bookworm", "trixie") for how in ("own", "shared")]
)
def test_debians_interpreter(release: str, how: str, base_image: Callable[[str], str]) -> None:
    python = "/usr/bin/python3"
    commands = [
        "set -e",
        "mkdir -p /usr/local/lib/$(basename $(readlink -f /usr/bin/python3))/dist-packages",
    ]
    if how == "shared":
        commands.append("python3 -m venv --without-pip --system-site-packages /env")
        python = "/env/bin/python"
    commands += [
        "printf '%s' \"$REPORT\" > /app.py",
        "mkfifo /hold; (sleep 60 > /hold) &",
        f"{python} /app.py < /hold > /told & pid=$!",
        "for try in $(seq 100); do test -s /told && break; sleep 0.1; done",
        f"{python} -I -S -B - $pid > /computed",
        "cat /told /computed",
    ]
    answer = subprocess.run(
        [
            program("docker"),
            "run",
            "--rm",
            "-i",
            "--env",
            "REPORT",
            base_image(release),
            "sh",
            "-c",
            "\n".join(commands),
        ],
        input=driver(),
        env={**os.environ, "REPORT": REPORT},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert answer.returncode == 0, answer.stderr
    told, computed = map(json.loads, answer.stdout.splitlines())
    assert computed["path"] == [entry for entry in told["path"] if entry not in computed["standard"]]
    assert any(entry.endswith("/dist-packages") for entry in computed["path"])
    assert computed["kind"] == ("venv" if how == "shared" else "system")


# Which interpreter serves


def process(argv: list[str], exe: Path | None = None, cwd: Path | None = None, **environ: str) -> Process:
    return Process(7, environ, argv, str(exe) if exe else None, str(cwd) if cwd else None)


def test_the_word_that_it_was_started_with_tells_the_environment(venv: Callable[..., Path]) -> None:
    environment = venv(supported()[-1])
    python = environment / "bin" / "python"
    real = python.resolve()
    assert located.locate(process([str(python), "-m", "app"], real)) == (str(python), None)
    assert located.locate(process(["bin/python", "-m", "app"], real, environment)) == (str(python), None)
    assert located.locate(process(["python", "x.py"], real, PATH=str(python.parent))) == (str(python), None)
    # Another python stands first on the PATH by now: the kernel's link is the witness.
    elsewhere = environment / "other"
    elsewhere.mkdir()
    shutil.copy2("/bin/true", elsewhere / "python")
    assert located.locate(process(["python", "x.py"], real, PATH=str(elsewhere))) == (str(real), None)


def test_a_server_that_renamed_itself_is_found_by_its_executable(venv: Callable[..., Path]) -> None:
    environment = venv(supported()[-1])
    python = environment / "bin" / "python"
    renamed = process(["gunicorn: master [app]"], python.resolve(), VIRTUAL_ENV=str(environment))
    assert located.locate(renamed) == (str(python), None)
    assert located.locate(process(["gunicorn: master"], python.resolve())) == (str(python.resolve()), None)


def test_a_process_that_is_no_python_leaves_the_first_on_its_path_and_says_so(tmp_path: Path) -> None:
    for name in ("python", "python3"):
        shutil.copy2("/bin/true", tmp_path / name)
    found_there, note = located.locate(process(["uwsgi", "--ini", "x"], Path("/usr/bin/uwsgi"), PATH=str(tmp_path)))
    assert found_there == str(tmp_path / "python3")
    assert note is not None
    assert "first on its PATH" in note
    assert located.locate(process(["nginx"], PATH=str(tmp_path / "none")))[0] is None


def test_an_interpreter_that_the_probe_does_not_run_on_is_not_described_as_this_one(tmp_path: Path) -> None:
    other = tmp_path / "python3"
    shutil.copy2("/bin/true", other)
    view = View()
    view.process = process([])
    described = live.describe(view, str(other))
    assert described.foreign
    assert described.path == []


# The script on real interpreters


@pytest.mark.parametrize("python", supported(), ids=str)
def test_the_script_reads_python_and_packages(python: Python, venv: Callable[..., Path]) -> None:
    environment = venv(python)
    info = site_packages(environment) / "Some_Thing-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: Some.Thing\nVersion: 1.2\n")
    answer = subprocess.run(
        [str(environment / "bin" / "python"), "-I", "-S", "-B", "-"],
        input=bundle.script(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    sections = json.loads(answer.stdout)["sections"]
    items = sections["python"]["items"]
    assert sections["python"]["status"] == "ok", sections["python"]["reason"]
    assert items["version"].startswith(f"{python}.")
    assert items["kind"] == "venv"
    assert items["abi"].startswith(f"cp{python.version[0]}{python.version[1]}")
    assert sections["packages"]["status"] == "ok", sections["packages"]["reason"]
    assert sections["packages"]["items"] == {"some-thing": {"version": "1.2", "provides": []}}


@pytest.mark.parametrize("python", unsupported(), ids=str)
def test_the_script_says_that_an_interpreter_is_too_old(python: Python) -> None:
    answer = subprocess.run(
        [python.path, "-"], input=bundle.script(), capture_output=True, text=True, check=False, timeout=60
    )
    assert answer.returncode == bundle.UNSUPPORTED_PYTHON
    assert answer.stdout == ""
    assert answer.stderr == f"parity-probe: unsupported Python {python}, the probe needs 3.8 or later\n"


def test_a_python_to_test_with_is_found() -> None:
    assert found()
    assert supported()
