"""Of each real failure caused by a variable, a package or a source file, its repository says so, or a list why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.declaring import Case, cases, main, named, reasons
from benchmarks.explaining.recipe import every

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_repository_names_the_cause_or_the_list_says_why_not(case: Case) -> None:
    told, why = named(case), reasons().get(case.name)
    assert told or why, f"{', '.join(case.causes)}: neither named nor in undeclared.toml"
    assert not (told and why), f"{told}: named, and yet in undeclared.toml"


def test_the_list_holds_failures_of_the_set_alone() -> None:
    assert reasons().keys() <= {case.name for case in CASES}
    assert len(CASES) <= len(every())


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("environment.RATE", "environment.RATE: read at main.py:3"),
        ("environment.LEVEL", "environment.LEVEL: declared at .env.example:1"),
        ("environment.AWS_PROFILE", "environment.AWS_PROFILE: read by boto3, imported at main.py:2"),
        ("environment.DD_ENV", None),
        ("packages.boto3", "packages.boto3: imported at main.py:2"),
        ("packages.django.version", "packages.django: declared at requirements.txt:1"),
        ("packages.psycopg2", "packages.psycopg2: imported by django, declared at requirements.txt:1"),
        ("packages.httptools", "packages.httptools: imported by uvicorn, started at main.py:4"),
        ("packages.uvicorn", "packages.uvicorn: started at main.py:4"),
        ("packages.gunicorn", "packages.gunicorn: started at Procfile:1"),
        ("environment.GUNICORN_CMD_ARGS", "environment.GUNICORN_CMD_ARGS: read by gunicorn, started at Procfile:1"),
        ("environment.TIER", "environment.TIER: read at Procfile:1"),
        ("packages.flask", None),
        ("source.main.py", "source.main.py: in the manifest"),
        ("source.other.py", None),
        ("python.version", None),
    ],
)
def test_a_cause_is_named_where_a_file_says_it(tmp_path: Path, cause: str, told: str | None) -> None:
    app = _case(tmp_path, f'truth = ["{cause}"]\n')
    (app / "main.py").write_text('import os\nimport boto3\nos.environ["RATE"]\nos.execvp("uvicorn", ["uvicorn"])\n')
    (app / "Procfile").write_text("web: gunicorn --env TIER=$TIER main\n")
    (app / ".env.example").write_text("LEVEL=\n")
    (app / "requirements.txt").write_text("django==5.0\n")
    found = [named(case) for case in cases(tmp_path)]
    assert found == ([] if cause.startswith("python.") else [None if told is None else _label(told, cause)])


def test_any_of_several_causes_will_do_and_what_is_nobodys_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = _case(tmp_path, 'truth = ["environment.PYTHONPATH", "python.version"]\n')
    (app / "main.py").write_text("import os\n")
    assert main([str(tmp_path)]) == 0
    assert "not named, environment.PYTHONPATH: read by the interpreter" in capsys.readouterr().out
    (app.parent / "case.toml").write_text('truth = ["packages.flask", "source.main.py"]\n')
    assert main([str(tmp_path)]) == 0
    assert "1 of 1 causes are named" in capsys.readouterr().out
    (app.parent / "case.toml").write_text('truth = ["packages.flask", "source.pages/gone.html"]\n')
    assert main([str(tmp_path)]) == 0
    assert "a file or a word that the repository does not hold" in capsys.readouterr().out
    (app / "main.py").write_text("# once served by Flask\n")
    assert main([str(tmp_path)]) == 1
    assert "1 neither named nor explained" in capsys.readouterr().out


def _case(directory: Path, recipe: str) -> Path:
    app = directory / "one" / "app"
    app.mkdir(parents=True)
    (app.parent / "case.toml").write_text(recipe)
    return app


def _label(told: str, cause: str) -> str:
    """A fact of a distribution is told with its own label."""
    return cause + told[told.index(": ") :]
