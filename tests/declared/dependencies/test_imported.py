"""Which distribution an import is of, and what that makes of the packages."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import packages_distributions

import pytest

from parity.declared.dependencies.choose import packages
from parity.declared.dependencies.imported import distribution
from parity.declared.dependencies.requirement import normalised
from parity.declared.facts import Dependency, Facts, Import, Place


@pytest.mark.parametrize(
    ("module", "declared", "expected"),
    [
        ("yaml", (), "pyyaml"),
        ("PIL.Image", (), "pillow"),
        ("cv2", (), "opencv-python"),
        ("cv2", ("opencv-python-headless",), "opencv-python-headless"),
        ("requests", (), "requests"),
        ("dateutil.parser", ("python-dateutil",), "python-dateutil"),
        ("google.cloud.storage", ("google-cloud-storage", "google-cloud-bigquery"), "google-cloud-storage"),
        ("google.cloud.storage.blob", (), "google-cloud-storage"),
        ("google.cloud.unheard_of", ("google-cloud-unheard-of",), "google-cloud-unheard-of"),
        ("psycopg2", ("psycopg2-binary",), "psycopg2-binary"),
        ("slugify", ("unicode-slugify",), "python-slugify"),
        ("frobnicate", ("pyfrobnicate",), "pyfrobnicate"),
        ("My_Module", ("my-module",), "my-module"),
        ("frobnicate", (), None),
        ("google", (), None),
    ],
)
def test_an_import_is_of_a_distribution(module: str, declared: tuple[str, ...], expected: str | None) -> None:
    one = Import(module.partition(".")[0], Place("a.py", 1), module=module)
    assert distribution(one, declared) == expected


def test_the_table_agrees_with_what_is_installed_here() -> None:
    """Every line about a distribution of this environment is held to the files that it brought."""
    installed = {name: set(map(normalised, found)) for name, found in packages_distributions().items()}
    checked = 0
    for name, providers in installed.items():
        known = distribution(Import(name, Place("a.py", 1), module=name), ())
        if known is not None:
            assert known in providers, name
            checked += 1
    assert checked >= 10


def found(imports: list[Import], *declared: str, own: tuple[str, ...] = ()) -> Mapping[str, Mapping[str, object]]:
    stated = tuple(Dependency(name, Place("requirements.txt", 1), direct=True) for name in declared)
    items = packages(Facts(dependencies=stated, imports=tuple(imports), first_party=own), {}).items
    return {name: item for name, item in items.items() if isinstance(item, Mapping)}


def test_the_imports_of_a_distribution_are_counted_and_five_shown() -> None:
    places = [Place("shop/a.py", line) for line in (10, 9, 1, 2, 3, 4)]
    item = found([Import("yaml", at) for at in places], "pyyaml")["pyyaml"]
    assert item["imports"] == 6
    assert item["imported_at"] == ("shop/a.py:1", "shop/a.py:2", "shop/a.py:3", "shop/a.py:4", "shop/a.py:9")
    assert item["used"] == "program"


def test_an_import_that_binds_less_shows_only_where_none_binds_more() -> None:
    test = Import("yaml", Place("tests/t.py", 1), dev=True)
    optional = Import("yaml", Place("shop/a.py", 2), optional=True)
    program = Import("yaml", Place("shop/b.py", 3))
    for imports, used, place in (
        ([test], "dev", "tests/t.py:1"),
        ([test, optional], "optional", "shop/a.py:2"),
        ([test, optional, program], "program", "shop/b.py:3"),
    ):
        item = found(imports, "pyyaml")["pyyaml"]
        assert (item["used"], item["imported_at"]) == (used, (place,))


def test_what_is_imported_and_declared_nowhere_is_an_item() -> None:
    item = found([Import("requests", Place("shop/a.py", 3))])["requests"]
    assert (item["pinned"], item["direct"], item["at"]) == (False, False, ())


def test_what_the_standard_library_and_the_repository_provide_is_no_package() -> None:
    at = Place("shop/a.py", 1)
    assert found([Import("os", at), Import("distutils", at), Import("shop", at)], own=("shop",)) == {}
    assert found([Import("redis", at)], own=("redis",)) == {}
    assert "imports" in found([Import("redis", at)], "redis", own=("redis",))["redis"], (
        "declared, whatever a folder is called"
    )


def test_an_import_that_nothing_maps_is_told_and_is_no_item() -> None:
    result = packages(Facts(imports=tuple(Import(f"x{one}y", Place("a.py", one)) for one in range(1, 9))), {})
    assert result.items == {}
    shown = ", ".join(f"x{one}y (a.py:{one})" for one in range(1, 6))
    assert result.notes == [f"imported, and of no distribution that is known here: {shown} and 3 more"]
