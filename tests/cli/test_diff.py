"""parity diff"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import parity as package
from tests.cli.program import parity
from tests.proof.profiles import WHOLE, profile, section


@pytest.fixture
def files(tmp_path: Path) -> Path:
    production = {
        **WHOLE,
        "packages": section(requests={"version": "1.0"}, idna={"version": "3.10"}, extra={"version": "1.0"}),
        "volumes": section("unavailable", "timeout"),
    }
    local = {**WHOLE, "volumes": section(**{"/data": {"writable": True}})}
    (tmp_path / "local.json").write_bytes(profile(local, name="laptop"))
    (tmp_path / "production.json").write_bytes(profile(production))
    return tmp_path


def test_the_document_has_what_was_promised_and_keeps_to_its_schema(files: Path) -> None:
    result = parity("diff", "local.json", "production.json", "--format", "json", cwd=files)
    document = result.document
    assert {"schema", "verdict", "counts", "findings", "unknown"} <= document.keys()
    assert document["counts"] == {"error": 1, "warning": 0, "info": 1}
    first = document["findings"][0]
    assert {"id", "section", "key", "kind", "severity", "local", "production", "why"} <= first.keys()
    assert (first["section"], first["key"], first["kind"]) == ("packages", "requests", "changed")
    assert [(one["section"], one["reason"]) for one in document["unknown"]] == [("volumes", "timeout")]
    schema = json.loads((Path(package.__file__).parent / "report" / "diff.schema.json").read_bytes())
    jsonschema.validate(document, schema)


def test_a_report_goes_to_a_file_whole_and_for_its_owner_alone(files: Path) -> None:
    for name in ("terminal", "json"):
        printed = parity("diff", "local.json", "production.json", "--format", name, cwd=files)
        written = parity("diff", "local.json", "production.json", "--format", name, "-o", "report", cwd=files)
        assert (written.code, written.out, written.err) == (1, "", "")
        assert (files / "report").read_bytes() == printed.stdout


def test_the_variables_stand_for_the_options(files: Path) -> None:
    words = ("diff", "local.json", "production.json")
    env = {"PARITY_FORMAT": "json", "PARITY_FAIL_ON": "never"}
    result = parity(*words, env=env, cwd=files)
    assert (result.code, result.document["verdict"]) == (0, "parity")
    # A word on the command line wins.
    assert parity(*words, "--fail-on", "error", "--format", "terminal", env=env, cwd=files).out.startswith("local ")


def test_one_side_may_come_from_standard_input(files: Path) -> None:
    given = (files / "production.json").read_bytes()
    piped = parity("diff", "local.json", "-", stdin=given, cwd=files)
    assert piped == parity("diff", "local.json", "production.json", cwd=files)
    assert parity("diff", "-", "-", stdin=given).code == 2


def test_only_the_chosen_sections_are_compared(files: Path) -> None:
    chosen = parity("diff", "local.json", "production.json", "--section", "python", "--format", "json", cwd=files)
    assert chosen.code == 0
    assert [one["section"] for one in chosen.document["compared"]] == ["python"]
    assert {one["section"] for one in chosen.document["skipped"]} == {"environment", "packages", "volumes"}
    shown = parity("diff", "local.json", "production.json", "--section", "python", cwd=files)
    assert "Not compared: environment, packages and volumes (skipped: not asked for)." in " ".join(shown.out.split())
    left = parity("diff", "local.json", "production.json", "--skip", "packages", cwd=files)
    assert left.code == 0
    assert (
        parity("diff", "local.json", "production.json", "--skip", "packages", "--require", "packages", cwd=files).code
        == 3
    )


def test_this_machine_against_a_file(files: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    # Elsewhere: a file in the working directory is one of its files.
    taken = str(tmp_path_factory.mktemp("taken") / "here.json")
    assert parity("snapshot", "-o", taken, cwd=files).code == 0
    result = parity("diff", "local", taken, "--fail-on", "info", cwd=files)
    assert (result.code, result.err) == (0, "")
    assert "PARITY  no differences" in result.out


def test_names_that_are_the_shell_s_and_the_desktop_s_do_not_drown_the_reader(files: Path) -> None:
    own = {
        name: {"state": "set"} for name in ("SHELL", "SHLVL", "TERM", "XDG_RUNTIME_DIR", "GITHUB_ACTIONS", "LS_COLORS")
    }
    app = {"APP_SETTINGS": {"state": "set"}, "APP_DSN": {"state": "set"}}
    (files / "shell.json").write_bytes(profile({**WHOLE, "environment": section(**own, **app)}))
    result = parity("diff", "shell.json", "production.json", "--section", "environment", "--format", "json", cwd=files)
    severities = {one["key"]: one["severity"] for one in result.document["findings"]}
    assert severities.pop("APP_DSN") == "error"
    assert severities == dict.fromkeys(own, "info")
