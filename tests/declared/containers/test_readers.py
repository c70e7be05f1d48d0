"""Container files and dotenv files, each named for what is odd in it, and what is read of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from parity.declared.containers import compose, dockerfile, dotenv, kubernetes
from parity.declared.facts import DeclaredName, Facts, Place
from parity.declared.text import decoded

DATA = Path(__file__).parents[1] / "data" / "containers"
NAMES = {"dockerfile": "Dockerfile", "compose": "compose.yaml", "kubernetes": "manifest.yaml", "dotenv": ".env.example"}
CASES = sorted(DATA.glob("*/*.txt"))


def said(facts: Facts) -> dict[str, list[str]]:
    """Facts in the words of the cases; what there is none of is left out."""
    pythons = (f"{one.value} {one.exact or '-'} {one.specifier} @{one.at.line}" for one in facts.pythons)
    packages = (f"{one.name} {one.manager} {one.version or ''}".strip() for one in facts.system_packages)
    found: dict[str, Iterable[str]] = {
        "python": pythons,
        "names": map(_name, facts.declared_names),
        "arguments": map(_name, facts.build_arguments),
        "packages": (f"{words} @{one.at.line}" for words, one in zip(packages, facts.system_packages, strict=True)),
        "dependencies": (f"{one.name} {one.specifier}".strip() + f" @{one.at.line}" for one in facts.dependencies),
        "users": (f"{one.value} @{one.at.line}" for one in facts.users),
        "mounts": (f"{one.path} @{one.at.line}" for one in facts.mounts),
        "servers": (f"{one.value} @{one.at.line}" for one in facts.server_versions),
        "faults": (one.sentence for one in facts.faults),
    }
    return {
        key: sorted(set(values)) for key, values in ((key, list(values)) for key, values in found.items()) if values
    }


def _name(one: DeclaredName) -> str:
    state = " bare" if not one.set else " empty" if one.empty else ""
    return f"{one.name}{state} @{one.at.line}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.stem}")
def test_case(case: Path) -> None:
    expected = json.loads(case.with_suffix(".json").read_text("utf-8"))
    kind = case.parent.name
    name = expected.pop("file", NAMES[kind])
    text = decoded(case.read_bytes())
    if kind == "compose":
        found = compose.read(text, name)
        asked = [f"{path} @{at.line}" for path, at in found.env_files]
        assert {**said(found.facts), **({"env_files": sorted(asked)} if asked else {})} == expected
    elif kind == "kubernetes":
        manifests = kubernetes.read({name: text})
        files = [f"{generated} {path}" for generated, path in manifests.env_files]
        assert {**said(manifests.facts()), **({"env_files": files} if files else {})} == expected
    else:
        assert said((dockerfile if kind == "dockerfile" else dotenv).read(text, name)) == expected


def test_there_are_cases_and_each_is_whole() -> None:
    assert {case.parent.name for case in CASES} == set(NAMES)
    assert {case.with_suffix("") for case in CASES} == {path.with_suffix("") for path in DATA.glob("*/*.json")}


@pytest.mark.parametrize(
    ("image", "python", "server"),
    [
        ("python", None, None),
        ("python:3", "==3.*", None),
        ("python:3.12", "==3.12.*", None),
        ("python:3.13.0rc1-slim", "==3.13.0rc1", None),
        ("docker.io/library/python:3.12.4@sha256:abc", "==3.12.4", None),
        ("registry:5000/python:3.11", "==3.11.*", None),
        ("registry:5000/python", None, None),
        ("ghcr.io/astral-sh/uv:python3.12-bookworm-slim", "==3.12.*", None),
        ("ghcr.io/astral-sh/uv:0.5-python3.12-alpine", "==3.12.*", None),
        ("tiangolo/uvicorn-gunicorn:python3.11-slim", "==3.11.*", None),
        ("public.ecr.aws/lambda/python:3.12", "==3.12.*", None),
        ("pypy:3.10", None, None),
        ("python:latest", None, None),
        ("python-app:1.2", None, None),
        ("postgres", None, None),
        ("postgres:latest", None, None),
        ("postgres:15", None, "15"),
        ("postgres:15.4-alpine3.18", None, "15.4"),
        ("bitnami/postgresql:16.1.0-debian-11-r0", None, "16.1.0"),
        ("timescale/timescaledb-ha:pg16", None, "16"),
        ("pgvector/pgvector:0.7.0-pg16", None, "16"),
        ("mysql:8", None, None),
        ("", None, None),
        (":", None, None),
    ],
)
def test_an_image_tells_by_its_name(image: str, python: str | None, server: str | None) -> None:
    from parity.declared.containers.image import python_of, server_of

    at = Place("x", 1)
    found, version = python_of(image, at), server_of(image, at)
    assert (found and found.specifier) == python
    assert (version and version.value) == server
