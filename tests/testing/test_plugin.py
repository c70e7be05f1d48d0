"""pytest with the plugin, as a team runs it: processes of their own, against a profile of this very environment."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from parity.profile.document import render
from parity.profile.load import load
from parity.profile.model import Profile, Section, Status
from tests.cli.program import parity

pytest_plugins = ["pytester"]

PLUGIN = ("-p", "parity.testing.plugin")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """The environment of the tests, as production has it."""
    path = tmp_path_factory.mktemp("profiles") / "here.json"
    done = parity("snapshot", f"local?python={sys.executable}", "-o", path)
    assert done.code == 0, done.err
    return load(str(path))


@pytest.fixture
def production(here: Profile, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path of production's profile: another packaging, no pyyaml, a database that did not answer."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    packages = here.sections["packages"]
    items = {key: item for key, item in packages.items.items() if key != "pyyaml"}
    items["packaging"] = {"version": "20.0"}
    path = pytester.path / "production.json"
    unseen = Section(Status.UNAVAILABLE, "the server did not answer")
    sections = {**here.sections, "packages": replace(packages, items=items), "database": unseen}
    path.write_text(render(replace(here, sections=sections)))
    return path.name


def test_a_run_that_fails_ends_with_what_bears_on_it(pytester: pytest.Pytester, production: str) -> None:
    pytester.makepyfile(
        shop="from packaging.version import Version\n",
        test_shop="import shop\n\ndef test_it():\n    assert shop.Version('1') is None\n",
    )
    done = pytester.runpytest_subprocess(*PLUGIN, "--parity", production)
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        ["*= parity with production =*", f"* packages.packaging: {version('packaging')} here, 20.0*"]
    )
    done.stdout.fnmatch_lines(["of * 1 bears on what failed, *", "all of them: parity diff local production.json"])
    done.stdout.no_fnmatch_line("*pyyaml*")


def test_a_profile_that_stands_elsewhere_moves_nothing(pytester: pytest.Pytester, production: str) -> None:
    """pytest takes the ancestor of all paths on its command line for its root."""
    place = pytester.mkdir("elsewhere")
    pytester.makefile(".py", **{"elsewhere/test_it": "import packaging\nassert packaging is None\n"})
    pytester.chdir()
    profile = str(pytester.path / production)
    done = pytester.run(sys.executable, "-m", "pytest", *PLUGIN, "--parity", profile, str(place))
    done.stdout.fnmatch_lines(["* packages.packaging: *"])


def test_a_run_that_passes_or_asks_for_nothing_says_nothing(pytester: pytest.Pytester, production: str) -> None:
    pytester.makepyfile("def test_it(): pass\n")
    for asked in (["--parity", production], []):
        done = pytester.runpytest_subprocess(*PLUGIN, *asked)
        done.assert_outcomes(passed=1)
        done.stdout.no_fnmatch_line("*parity with production*")


def test_a_cause_is_named_where_there_is_one(here: Profile, pytester: pytest.Pytester, production: str) -> None:
    """Production has what this environment lacks: the import that fails is explained by the very difference."""
    packages = here.sections["packages"]
    items = {**packages.items, "shopkit": {"version": "1.0"}}
    there = replace(here, sections={**here.sections, "packages": replace(packages, items=items)})
    Path(production).write_text(render(there))
    pytester.makepyfile("import shopkit\n")
    done = pytester.runpytest_subprocess(*PLUGIN, "--parity", production)
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["cause    packages.shopkit (*%): ModuleNotFoundError: No module named 'shopkit'"])
    done.stdout.fnmatch_lines(["* packages.shopkit: none here, 1.0 in production"])


MARKED = """\
import pytest

@pytest.mark.parity("packages.packaging")
def test_differs(): pass

@pytest.mark.parity("packages.pytest")
def test_same(): pass

@pytest.mark.parity("database")
def test_unknown(): pass

def test_fixture(parity):
    assert parity.same("packages.pytest")
    assert not parity.same("packages")
    assert [one.key for one in parity.differences("packages.packag*")] == ["packaging"]
"""


def test_the_marker_skips_or_fails_and_the_fixture_answers(pytester: pytest.Pytester, production: str) -> None:
    pytester.makepyfile(MARKED)
    done = pytester.runpytest_subprocess(*PLUGIN, "--parity", production, "-rs", "--strict-markers")
    done.assert_outcomes(passed=2, skipped=2)
    packaging = f"packages.packaging ({version('packaging')} / 20.0)"
    done.stdout.fnmatch_lines([f"SKIPPED * test_the_marker*.py:3: not as in production: {packaging}"])
    done = pytester.runpytest_subprocess(*PLUGIN, "--parity", production, "--parity-strict")
    done.assert_outcomes(passed=2, failed=2)


def test_without_the_option_marked_tests_run_and_the_fixture_skips(pytester: pytest.Pytester, production: str) -> None:
    pytester.makepyfile(MARKED)
    pytester.runpytest_subprocess(*PLUGIN, "-rs").assert_outcomes(passed=3, skipped=1)


@pytest.mark.parametrize(
    ("place", "words"),
    [("gone.json", "*--parity: *gone.json*"), ("dokcer://web", "*--parity: no kind of target is called*")],
)
def test_a_production_that_cannot_be_is_told_before_the_first_test(
    pytester: pytest.Pytester, production: str, place: str, words: str
) -> None:
    pytester.makepyfile("def test_it(): pass\n")
    done = pytester.runpytest_subprocess(*PLUGIN, "--parity", place)
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([words])


def test_a_marker_of_no_section_is_no_skip(pytester: pytest.Pytester, production: str) -> None:
    pytester.makepyfile("import pytest\n@pytest.mark.parity('package.x')\ndef test_it(): pass\n")
    done = pytester.runpytest_subprocess(*PLUGIN, "--parity", production)
    assert done.ret != 0
    done.stdout.fnmatch_lines(["*there is no section 'package': did you mean packages?*"])


def test_loading_it_costs_no_import_of_parity() -> None:
    code = "import pytest, sys; known = {*sys.modules}; import parity.testing.plugin; print(*{*sys.modules} - known)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert sorted(done.stdout.split()) == ["parity", "parity.testing", "parity.testing.plugin"]


def test_pytest_finds_it_by_its_entry_point() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '[project.entry-points.pytest11]\nparity = "parity.testing.plugin"\n' in text
