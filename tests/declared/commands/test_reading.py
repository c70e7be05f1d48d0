"""Scripts, Procfiles and containers' commands: what they read of the environment, and what they start."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.declared import containers
from parity.declared.commands import reading
from parity.declared.facts import Facts
from tests.declared.source.cases import expected, said
from tests.declared.tree import Tree

CASES = sorted((Path(__file__).parents[1] / "data" / "commands").glob("*.sh"))


def read(**files: str) -> set[str]:
    """What a repository of these files says, as "FILE:LINE words"."""
    tree = Tree({name.replace("__", "/").replace("_sh", ".sh"): text for name, text in files.items()})
    contained = containers.read(tree)
    found = Facts.joined([contained, reading.read(tree, contained.started)])
    return {f"{at} {words}" for at, words in said(found)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_script_says_what_stands_beside_its_lines(case: Path) -> None:
    text = case.read_bytes()
    tree = Tree({case.name: text, "shop/__init__.py": "", "shop/tasks.py": ""})
    assert set(said(reading.read(tree))) == expected(text, case.name)
    assert expected(text, case.name)


def test_a_command_that_goes_on_is_of_its_first_line_and_a_variable_of_its_own() -> None:
    assert read(run_sh="\nexec gunicorn \\\n  -b :$PORT \\\n  shop.wsgi\n") == {
        "run.sh:2 program gunicorn",
        "run.sh:3 none PORT",
    }


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ('CMD ["gunicorn", "-b", ":$PORT", "shop.wsgi"]', {"program gunicorn"}),
        ("CMD gunicorn -b :$PORT shop.wsgi", {"program gunicorn", "none PORT"}),
        ('CMD ["sh", "-c", "exec uvicorn main:app --port ${PORT:-80}"]', {"program uvicorn", "default PORT"}),
        ('CMD ["bash", "-eo", "pipefail", "-c", "flask run"]', {"program flask"}),
        ('CMD ["python", "-m", "celery", "-A", "shop", "worker", "-P", "gevent"]', {"import celery", "import gevent"}),
        ('CMD ["python", "-m", "shop"]', {"import shop"}),
        ('CMD ["python", "-m", "pip", "check"]', set()),
        ('CMD ["python", "main.py"]', set()),
        ('CMD ["mailer", "--now"]', set()),
        ('CMD ["/bin/sh", "-c", "mailer $RATE"]', {"program mailer", "none RATE"}),
        ('ENTRYPOINT ["mailer", "--now"]', {"program mailer"}),
        ('CMD ["django-admin", "runserver"]', {"program django-admin"}),
        ('CMD ["newrelic-admin", "run-program", "gunicorn"]', {"program newrelic-admin", "program gunicorn"}),
        (
            'CMD ["tini", "--", "hypercorn", "-k", "uvloop", "a:b"]',
            {"program tini", "program hypercorn", "import uvloop"},
        ),
        ("HEALTHCHECK --interval=5s CMD curl -f http://localhost/", {"program curl"}),
        ("HEALTHCHECK NONE", set()),
        ("CMD while ! nc -z db 5432; do sleep 1; done", {"program nc"}),
    ],
)
def test_an_image_runs_its_command(command: str, told: set[str]) -> None:
    found = read(Dockerfile=f"FROM python:3.12\nCMD true\nENTRYPOINT []\n{command}\n")
    assert found == {f"Dockerfile:4 {one}" for one in told}


def test_the_last_command_of_the_last_stage_counts() -> None:
    text = "FROM a AS one\nCMD gunicorn\nFROM one\nCMD uvicorn $HOST\nFROM one\nENTRYPOINT exec\n"
    assert read(Dockerfile=text) == {"Dockerfile:2 program gunicorn"}


def test_compose_fills_in_its_own_variables_and_no_shell_sees_the_words() -> None:
    text = (
        "services:\n  web:\n    build: .\n    command: gunicorn -b :$$PORT ${ARGUMENTS}\n"
        "    healthcheck: {test: 'curl localhost:$$PORT'}\n"
        "  worker:\n    build: .\n    entrypoint: [sh, -c, 'exec celery worker -c $$SLOTS $HOSTS']\n"
        "    healthcheck: {test: [CMD-SHELL, 'celery inspect ping -d $$NODE']}\n"
        "  db:\n    image: postgres:16\n    command: pg_ctl start\n"
    )
    assert read(**{"compose.yaml": text}) == {
        *{"compose.yaml:4 program gunicorn", "compose.yaml:5 program curl", "compose.yaml:5 none PORT"},
        *{"compose.yaml:8 program celery", "compose.yaml:8 none SLOTS"},
        *{"compose.yaml:9 program celery", "compose.yaml:9 none NODE"},
    }


def test_a_pod_runs_its_command_with_its_arguments() -> None:
    text = (
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: shop\n"
        "    command: [sh, -c]\n    args: ['exec gunicorn -b :$(PORT)']\n"
    )
    assert read(**{"pod.yaml": text}) == {"pod.yaml:6 program gunicorn", "pod.yaml:6 none PORT"}


def test_a_procfile_runs_a_line_for_each_process() -> None:
    text = "# web: none\nweb: gunicorn -b :$PORT shop.wsgi\nworker: celery -A shop worker\n\nrelease: ./bin/up.sh\n"
    found = read(Procfile=text, bin__up_sh="alembic upgrade $REVISION\n")
    assert found == {
        *{"Procfile:2 program gunicorn", "Procfile:2 none PORT", "Procfile:3 program celery"},
        *{"bin/up.sh:1 program alembic", "bin/up.sh:1 none REVISION"},
    }


def test_a_script_is_the_programs_own_where_something_starts_it() -> None:
    docker = "FROM python\nENTRYPOINT ['x']\nENTRYPOINT [\"/usr/bin/first.sh\"]\n"
    files = {"first_sh": "./second.sh\n", "second_sh": "echo $TWO\n", "third_sh": "echo $THREE\n"}
    assert read(Dockerfile=docker, **files) == {"second.sh:1 none TWO", "third.sh:1 dev none THREE"}


def test_an_entrypoint_needs_no_extension_and_binaries_say_nothing() -> None:
    assert read(entrypoint="#!/usr/bin/env bash\necho $ONE\n", start="no script: $TWO\n", run="\0$THREE") == {
        "entrypoint:2 none ONE"
    }


@pytest.mark.parametrize(
    "text",
    [
        "'",
        '"',
        "`",
        "${",
        "$(",
        "${A:-${B:-${C",
        "<<EOF",
        "cat <<A <<B\n",
        "\\",
        "((",
        "#",
        "$((1 + 2))",
        "case x in",
        ")",
    ],
)
def test_a_text_that_ends_in_the_middle_is_read_to_its_end(text: str) -> None:
    assert "run.sh:1 none BEFORE" in read(run_sh=f"echo $BEFORE; {text}")


def test_what_is_nested_deeply_is_read_within_bounds() -> None:
    assert read(run_sh="$(" * 50_000) == set()
    assert read(run_sh='sh -c "' * 50_000) == set()
    assert len(read(run_sh="cat <<E\n" * 3_000)) <= 1
