"""A compose file: found, and read for its services, their images and the project's name."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from parity.compose.file import ComposeFile, Unset, interpolated, locate, read
from parity.errors import UsageError


def written(directory: Path, text: str, name: str = "compose.yaml") -> Path:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_services_and_images(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
x-app: &app
  image: "registry.example.org/shop/web:${TAG:-1.4}"
x-more: &more {image: other, build: .}
services:
  web: {<<: *app, command: serve}
  worker:
    <<: [*app, *more]
  job:
    <<: [*more, *app]
    image: job:1
  db:
    image: postgres:16
    environment: {POSTGRES_PASSWORD: SECRET}
  built:
    build: .
  none:
""",
    )
    file = read([path], {})
    assert file.images == {
        "web": "registry.example.org/shop/web:${TAG:-1.4}",
        "worker": "registry.example.org/shop/web:${TAG:-1.4}",
        "job": "job:1",
        "db": "postgres:16",
        "built": None,
        "none": None,
    }
    assert file.name is None
    assert file.image("web", {}) == "registry.example.org/shop/web:1.4"
    assert file.image("web", {"TAG": "2"}) == "registry.example.org/shop/web:2"
    assert file.image("built", {}) is None
    written(tmp_path, "TAG=1.5 # of the release\n", ".env")
    assert file.image("web", {}) == "registry.example.org/shop/web:1.5"
    assert file.image("web", {"TAG": "2"}) == "registry.example.org/shop/web:2"


def test_of_two_files_the_later_counts(tmp_path: Path) -> None:
    first = written(tmp_path, "name: shop\nservices: {web: {image: 'a:1'}, db: {image: 'b:1'}}\n")
    second = written(
        tmp_path, "services: {web: {image: !override 'x', ports: !reset []}, db: {image: 'b:2'}}", "o.yaml"
    )
    file = read([first, second], {})
    assert (file.name, file.images) == ("shop", {"web": "a:1", "db": "b:2"})


@pytest.mark.parametrize(
    ("directory", "name", "projects"),
    [
        ("shop", None, {"shop"}),
        ("My Shop.2", None, {"myshop2"}),
        ("_shop", None, {"shop", "_shop"}),
        ("shop", "other", {"other"}),
        ("\u00fc", None, set()),
    ],
)
def test_what_the_project_may_be_called(directory: str, name: str | None, projects: set[str]) -> None:
    assert ComposeFile((Path("/srv") / directory / "compose.yaml",), name, {}).projects() == projects


def test_the_projects_name_is_filled_in(tmp_path: Path) -> None:
    path = written(tmp_path, "name: shop-${STAGE}\nservices: {}\n")
    assert read([path], {"STAGE": "eu"}).name == "shop-eu"
    assert read([path], {}).name is None


@pytest.mark.parametrize(
    ("text", "environ", "expected"),
    [
        ("web:$TAG", {"TAG": "1"}, "web:1"),
        ("web:${TAG}", {"TAG": "1"}, "web:1"),
        ("web:${TAG:-2}", {"TAG": ""}, "web:2"),
        ("web:${TAG-2}", {"TAG": ""}, "web:"),
        ("web:${TAG-2}", {}, "web:2"),
        ("web${TAG:+:$}", {}, "web${TAG:+:$}"),
        ("web${TAG:+-x}", {"TAG": "1"}, "web-x"),
        ("web${TAG+-x}", {}, "web"),
        ("web:${TAG:?say which}", {"TAG": "1"}, "web:1"),
        ("a$$b", {}, "a$b"),
        ("${A}/${B}", {"A": "$B", "B": "2"}, "$B/2"),
    ],
)
def test_variables_are_filled_in(text: str, environ: dict[str, str], expected: str) -> None:
    assert interpolated(text, environ) == expected


@pytest.mark.parametrize("text", ["web:$TAG", "web:${TAG}", "web:${TAG:?say which}", "web:${TAG?}"])
def test_a_variable_that_is_not_set_is_named(text: str) -> None:
    with pytest.raises(Unset) as caught:
        interpolated(text, {})
    assert str(caught.value) == "TAG"


def test_the_nearest_file_upwards_is_in_force(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    outer = written(tmp_path, "", "docker-compose.yml")
    assert locate(below) == (outer,)
    inner = written(tmp_path / "a", "", "docker-compose.yml")
    assert locate(below) == (inner,)
    first, override = written(tmp_path / "a", "", "compose.yml"), written(tmp_path / "a", "", "compose.override.yml")
    assert locate(below) == (first, override)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("services: [", "is no YAML: line 1"),
        ("a: 1\n\tb: 2\n", "is no YAML: line 2"),
        ("a: 1\n---\nb: 2\n", "is no YAML: line"),
        ("[" * 50_000, "nested too deep"),
        ("#" * (1 << 19), "larger than 0 MiB|larger than 256 KiB"),
        ("services: {web: {image: \x00}}", "is no YAML"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError, match=says) as caught:
        read([path], {})
    assert str(caught.value).startswith(f"the compose file {path}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "services:", "services: []", "services: web", "- a", "services: {web: [x], 1: {}}"]
)
def test_a_file_of_another_shape_has_no_images(tmp_path: Path, text: str) -> None:
    assert set(read([written(tmp_path, text)], {}).images.values()) <= {None}


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(UsageError):
            read([path], {})


def test_merges_of_merges_cost_no_more_than_the_file(tmp_path: Path) -> None:
    lines = ["a0: &a0 {image: deep}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 12)]
    path = written(tmp_path, "\n".join([*lines, "services: {web: *a11}", "loop: &l {<<: *l}"]))
    began = time.monotonic()
    assert read([path], {}).images == {"web": "deep"}
    assert time.monotonic() - began < 5
