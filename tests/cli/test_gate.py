"""parity gate"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import parity as package
from tests.cli.program import Result, parity
from tests.proof.profiles import WHOLE, profile, section

NOW = ("--now", "2026-03-01T18:00:00Z")
COMMIT = "1f4c9d2e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d"
POLICY = """\
local = "profiles/local.json"
production = "profiles/production.json"
"""
WAIVE = """
[[rules]]
match = "packages.requests"
waive = { reason = "the next image has it", owner = "ops", expires = 2026-03-01 }
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository whose production has another requests: one error."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "profiles").mkdir()
    (tmp_path / "services").mkdir()
    production = {**WHOLE, "packages": section(requests={"version": "1.0"}, idna={"version": "3.10"})}
    (tmp_path / "profiles" / "local.json").write_bytes(profile(name="laptop"))
    (tmp_path / "profiles" / "production.json").write_bytes(profile(production, identity={"commit": COMMIT}))
    (tmp_path / "parity.toml").write_text(POLICY)
    return tmp_path


def gate(*words: str | Path, cwd: Path, **env: str | None) -> Result:
    return parity("gate", "--no-declared", *NOW, *words, cwd=cwd, env=env)


def test_it_takes_everything_from_the_file_wherever_one_stands(shop: Path) -> None:
    for directory in (shop, shop / "services"):
        result = gate(cwd=directory)
        assert (result.code, result.err) == (1, "")
        assert "DRIFT  1 error" in result.out
    assert "Judged by parity.toml." in gate(cwd=shop).out


def test_a_word_wins_over_a_variable_and_both_over_the_file(shop: Path) -> None:
    (shop / "parity.toml").write_text(POLICY + 'fail-on = "never"\n')
    assert gate(cwd=shop).code == 0
    assert gate(cwd=shop, PARITY_FAIL_ON="error").code == 1
    assert gate("--fail-on", "never", cwd=shop, PARITY_FAIL_ON="error").code == 0
    same = "profiles/local.json"
    assert gate(cwd=shop, PARITY_FAIL_ON="error", PARITY_PRODUCTION=same).code == 0
    assert gate(same, "profiles/production.json", cwd=shop, PARITY_FAIL_ON="error", PARITY_PRODUCTION=same).code == 1
    (shop / "other.toml").write_text(POLICY)
    assert gate("--policy", "other.toml", cwd=shop).code == gate(cwd=shop, PARITY_POLICY="other.toml").code == 1


def test_required_sections_add_up_and_a_word_takes_the_file_s_leave_back(shop: Path) -> None:
    (shop / "parity.toml").write_text(POLICY + 'fail-on = "never"\nrequire = ["database"]\n')
    result = gate(cwd=shop)
    assert result.code == 3
    assert "database is required and in neither profile" in result.out
    assert gate("--allow-unknown", "database", cwd=shop).code == 0
    (shop / "parity.toml").write_text(POLICY + 'fail-on = "never"\nallow-unknown = ["packages"]\n')
    assert gate("--skip", "packages", cwd=shop).code == 0
    assert gate("--skip", "packages", "--require", "packages", cwd=shop).code == 3


def test_nobody_says_what_production_is(tmp_path: Path) -> None:
    result = parity("gate", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.line() == "nothing says what production is"


def test_a_waiver_holds_through_its_day_in_utc(shop: Path) -> None:
    (shop / "parity.toml").write_text(POLICY + WAIVE)
    for now, zone, code in (
        ("2026-03-01T23:59:59Z", "Pacific/Apia", 0),
        ("2026-03-02T00:00:00Z", "America/Adak", 1),
        ("2026-03-02T05:00:00+06:00", "America/Adak", 0),
        ("2026-03-01T20:00:00-06:00", "UTC", 1),
    ):
        assert gate("--now", now, cwd=shop, TZ=zone).code == code, now
    over = " ".join(gate("--now", "2027-03-01T00:00:00Z", cwd=shop).out.split())
    assert "ops waived it until 2026-03-01, which is over: the next image has it" in over
    assert "The waiver of ops for packages.requests (parity.toml:6) ran out on 2026-03-01 and" in over
    assert "Not counted: 1 waived. List them with --all." in gate(cwd=shop).out
    assert "WAIVED (1)" in gate("--all", cwd=shop).out


def test_an_unused_waiver_is_a_warning(shop: Path) -> None:
    (shop / "parity.toml").write_text(POLICY + WAIVE.replace("packages.requests", "packages.idna"))
    result = gate(cwd=shop)
    assert result.code == 1
    assert "waives nothing that differs: take it out." in " ".join(result.out.split())


def test_a_policy_that_cannot_be_right_ends_the_run_before_anything_is_read(shop: Path) -> None:
    for more, said in (
        ("fial-on = 1", "parity.toml:3: fial-on: unknown key"),
        (WAIVE.replace("packages.requests", "*"), "parity.toml:5: rules[0].match: '*' waives everything"),
        (WAIVE.replace("2026-03-01", "soon"), "parity.toml: not TOML at line 6"),
    ):
        (shop / "parity.toml").write_text(POLICY.replace("profiles/", "gone/") + more)
        result = gate("--exit-zero", cwd=shop)
        assert (result.code, result.out) == (2, "")
        assert result.line() == said
    assert gate("profiles/local.json", "profiles/production.json", "--no-policy", cwd=shop).code == 1


# The verdict's own bounds


def test_a_stale_profile_shows_nothing(shop: Path) -> None:
    assert gate("--max-age", "6h", "--fail-on", "never", cwd=shop).code == 0
    result = gate("--max-age", "5h", "--exit-zero", cwd=shop)
    assert result.code == 3
    assert "the profile of production is 6h old, more than --max-age 5h" in result.out
    (shop / "parity.toml").write_text(POLICY + 'max-age = "5h"\n')
    assert gate(cwd=shop).code == 3
    assert gate("--max-age", "1d", cwd=shop).code == gate(cwd=shop, PARITY_MAX_AGE="1d").code == 1
    assert gate("--now", "2025-03-01T00:00:00Z", cwd=shop).code == 3


def test_a_profile_of_another_deploy_shows_nothing(shop: Path) -> None:
    assert gate("--require-identity", f"commit={COMMIT[:12]}", cwd=shop).code == 1
    other = gate("--require-identity", "commit=0123456789ab", cwd=shop)
    assert other.code == 3
    assert f"its commit is {COMMIT}" in " ".join(other.out.split())
    assert gate("--require-identity", "image=sha256:00", cwd=shop).code == 3
    for words, said in (
        (("--require-identity", "commit"), "--require-identity: 'commit' is no NAME=VALUE"),
        (("--max-age", "soon"), "--max-age: 'soon' is no time"),
    ):
        result = gate(*words, cwd=shop)
        assert (result.code, result.line()) == (2, said)


def test_exit_zero_masks_drift_alone(shop: Path) -> None:
    assert gate("--exit-zero", cwd=shop).code == 0
    assert gate("--exit-zero", "--require", "database", cwd=shop).code == 3
    assert gate("--exit-zero", "--policy", "gone.toml", cwd=shop).code == 2
    assert gate("--exit-zero", "profiles/local.json", "gone.json", cwd=shop).code == 2


# Reports


def test_the_document_has_one_shape_and_says_what_the_policy_did(shop: Path) -> None:
    schema = json.loads((Path(package.__file__).parent / "report" / "diff.schema.json").read_bytes())
    (shop / "waived.toml").write_text(POLICY + WAIVE)
    shapes = set()
    for words, verdict in (
        (("--policy", "waived.toml"), "parity"),
        ((), "drift"),
        (("--require", "database"), "incomplete"),
    ):
        document = gate("--format", "json", *words, cwd=shop).document
        jsonschema.Draft202012Validator(schema).validate(document)
        assert document["verdict"] == verdict
        shapes.add((tuple(document), tuple(document["findings"][0]), tuple(document["policy"])))
    assert len(shapes) == 1
    document = gate("--format", "json", "--policy", "waived.toml", cwd=shop).document
    assert document["counts"] == {"error": 0, "warning": 0, "info": 0}
    assert document["policy"] == {
        "file": "waived.toml",
        "baseline": None,
        "counts": {"waived": 1, "expected": 0, "adopted": 0},
        "ran_out": [],
        "unused": [],
        "gone": [],
    }
    found = document["findings"][0]
    assert (found["standing"], found["severity"], found["severity_before"]) == ("waived", "error", None)


def test_several_formats_each_with_its_file(shop: Path) -> None:
    result = gate("--format", "json=parity.json", "--format", "terminal", cwd=shop)
    assert (result.code, result.err) == (1, "")
    assert result.out == gate(cwd=shop).out
    assert json.loads((shop / "parity.json").read_bytes()) == gate("--format", "json", cwd=shop).document
    both = gate("--format", "terminal", "--format", "json=parity.json", "-o", "report.txt", cwd=shop)
    assert (both.code, both.out) == (1, "")
    assert (shop / "report.txt").read_text() == result.out
    assert gate(cwd=shop, PARITY_FORMAT="json=again.json terminal").out == result.out
    assert (shop / "again.json").read_bytes() == (shop / "parity.json").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "jsn=x"), "there is no format 'jsn'"),
        (("--format", "json="), "--format json=: there is no file"),
        (("--format", "json", "--format", "terminal"), "two reports cannot go to standard output"),
        (("--format", "json=x", "--format", "terminal=x"), "two reports cannot go to x"),
        (("--format", "json=x", "-o", "y"), "no report is left for -o y: every --format has a file of its own"),
        (("--format", "json=gone/x"), "cannot write gone/x: its directory is not there"),
        (("--format", "terminal", "--format", "json=profiles"), "cannot write profiles: it is a directory"),
    ],
)
def test_reports_that_could_not_be_written_are_told_first(shop: Path, words: tuple[str, ...], said: str) -> None:
    (shop / "profiles" / "production.json").write_text("this would be told later")
    result = gate(*words, cwd=shop)
    assert (result.code, result.out) == (2, "")
    assert result.line() == said


def test_an_explanation_stands_under_each_finding(shop: Path) -> None:
    shown = " ".join(gate("--explain", cwd=shop).out.split())
    assert "why: code that imports a package, or calls what a version added, fails where it is not there" in shown
    assert "evidence: the two profiles alone" in shown
    assert "next: install in production what the lock says" in shown
    assert "why: " not in gate(cwd=shop).out


def test_where_ci_runs_it_standard_output_stays_the_result_s(shop: Path) -> None:
    plain = gate("--format", "json", cwd=shop)
    summary = shop / "summary.md"
    summary.write_text("before\n")
    github = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    for env in (github, {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(shop)}):
        there = gate("--format", "json", cwd=shop, **env)
        assert (there.code, there.stdout) == (1, plain.stdout)
        quiet = gate("--format", "json", "--no-ci", cwd=shop, **env)
        assert quiet == plain
    assert summary.read_text().startswith("before\n")
