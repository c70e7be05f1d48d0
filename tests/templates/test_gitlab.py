"""GitLab's jobs: by the schema of .gitlab-ci.yml, and by running their scripts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.templates.written import loaded, ran, repository, valid, written


def test_the_jobs_are_valid_and_their_scripts_run(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", requests="1.0")
    path = written("gitlab", shop, "--target", "profiles/production.json", "--production", "profiles/now.json")
    assert path == shop / ".gitlab" / "parity.gitlab-ci.yml"
    valid(path, "gitlab-ci")
    jobs = loaded(path)
    env = {**jobs[".parity"]["variables"], "GITLAB_CI": "true", "CI_PROJECT_DIR": str(shop)}
    programs = shop / ".parity-venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "parity").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m parity "$@"\n')
    (programs / "parity").chmod(0o755)
    snapshot, gate = jobs["parity:snapshot"], jobs["parity"]
    ran(["sh", "-ec", "\n".join(snapshot["script"])], shop, {**env, **snapshot["variables"]})
    said = ran(["sh", "-ec", "\n".join(gate["script"])], shop, {**env, **gate["variables"]}, code=1)
    assert "DRIFT  1 error" in said
    reports = gate["artifacts"]["reports"]
    quality = json.loads((shop / reports["codequality"]).read_text())
    assert [one["location"]["path"] for one in quality if one["severity"] == "critical"] == ["pyproject.toml"]
    assert (shop / reports["junit"]).exists()
    assert snapshot["artifacts"]["paths"] == ["profiles/now.json"]


def test_without_a_target_there_is_no_job_that_would_need_one(tmp_path: Path) -> None:
    path = written("gitlab", tmp_path)
    valid(path, "gitlab-ci")
    assert [*loaded(path)] == [".parity", "parity"]
