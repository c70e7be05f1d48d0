"""Which wheels an interpreter loads, and what is told of those that it does not."""

from __future__ import annotations

from typing import Any

import pytest

from parity.diff import compare
from parity.policy import Findings, judge
from parity.policy.wheels import Loader, tags
from tests.diff.profiles import profile, section
from tests.policy.findings import ERROR, INFO, WARNING, version

BULLSEYE = {"libc": "glibc", "libc_version": "2.31"}
BOOKWORM = {"libc": "glibc", "libc_version": "2.36"}
ALPINE = {"libc": "musl", "libc_version": "1.2.5"}


def loader(python: str = "3.11", libc: str = "glibc", libc_version: tuple[int, int] = (2, 31), **more: Any) -> Loader:
    major, minor = map(int, python.split("."))
    abi = more.pop("abi", f"cp{major}{minor}")
    facts = {"implementation": "cpython", "machine": "x86_64", "system": "Linux", **more}
    return Loader(python=(major, minor), abi=abi, libc=libc, libc_version=libc_version, **facts)


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("cp311-cp311-manylinux_2_17_x86_64", None),
        ("cp311-cp311-manylinux1_x86_64", None),
        ("cp311-cp311-linux_x86_64", None),
        ("cp311-cp311-manylinux_2_34_x86_64", "glibc 2.34 or later"),
        ("cp311-cp311-musllinux_1_2_x86_64", "musl"),
        ("cp311-cp311-manylinux2014_aarch64", "aarch64"),
        ("cp311-cp311-macosx_11_0_arm64", "macOS"),
        ("cp311-cp311-win_amd64", "Windows"),
        ("cp312-cp312-manylinux2014_x86_64", "Python 3.12"),
        ("cp310-cp310-manylinux2014_x86_64", "Python 3.10"),
        ("cp39-abi3-manylinux2014_x86_64", None),
        ("cp312-abi3-manylinux2014_x86_64", "Python 3.12 or later"),
        ("cp311-none-any", None),
        ("py3-none-manylinux2014_x86_64", None),
        ("py312-none-any", "Python 3.12 or later"),
        ("pp310-pypy310_pp73-manylinux2014_x86_64", "PyPy 3.10"),
        ("cp311-cp311-plan9_68020", None),
        ("not a tag", None),
    ],
)
def test_what_a_wheel_wants(tag: str, wanted: str | None) -> None:
    assert loader().refuses([tag]) == wanted


def test_a_free_threaded_build_has_an_abi_of_its_own() -> None:
    threaded = loader("3.13", abi="cp313t")
    assert threaded.refuses(["cp313-cp313t-manylinux2014_x86_64"]) is None
    assert threaded.refuses(["cp313-cp313-manylinux2014_x86_64"]) == "a Python with the GIL"
    assert threaded.refuses(["cp39-abi3-manylinux2014_x86_64"]) == "a Python with the GIL"
    assert loader("3.13").refuses(["cp313-cp313t-manylinux2014_x86_64"]) == "a free-threaded Python"


def test_one_tag_that_fits_is_enough_and_what_is_not_known_fits() -> None:
    assert loader().refuses(["cp311-cp311-manylinux_2_34_x86_64", "cp311-cp311-manylinux2014_x86_64"]) is None
    assert loader().refuses([]) is None
    nothing = Loader(None, None, None, None, None, None, None)
    assert nothing.refuses(["cp312-cp312-musllinux_1_2_aarch64"]) is None


def judged(local: dict[str, Any], production: dict[str, Any], here: dict[str, Any], there: dict[str, Any]) -> Findings:
    """What is said of packages between two machines, but for the differences themselves."""
    sides = []
    for packages, platform in ((local, here), (production, there)):
        python = {"version": "3.11.9", "implementation": "cpython", "abi": "cp311", "platform_tag": "linux_x86_64"}
        whole = {"packages": section(packages), "python": section(python), "platform": section(platform)}
        sides.append(profile(whole))
    found = judge(compare(*sides), *sides)
    return tuple(one for one in found if one.section == "packages" and one.kind is None)


def wheels(tag: str, *names: str) -> dict[str, Any]:
    return {name: version("1.0", wheel=[f"cp311-cp311-{tag}_x86_64"]) for name in names}


def test_a_wheel_of_another_c_library_does_not_load_in_production() -> None:
    (one,) = judged(wheels("manylinux_2_28", "numpy"), wheels("musllinux_1_2", "numpy"), BOOKWORM, BOOKWORM)
    assert (one.id, one.key, one.severity.value) == ("packages.wheel-tag", "numpy", ERROR)
    assert one.why.startswith("its wheel in production was built for musl")
    assert one.evidence == ("numpy 1.0 is built for cp311-cp311-musllinux_1_2_x86_64",)


def test_many_wheels_of_one_cause_are_one_finding() -> None:
    names = ("a", "b", "c", "d", "e", "f", "g", "h")
    (one,) = judged(wheels("manylinux_2_28", *names), wheels("musllinux_1_2", *names), BOOKWORM, BOOKWORM)
    assert (one.id, one.key, one.severity.value) == ("packages.wheel-tag", "wheels for musl", ERROR)
    assert one.evidence[-1] == "and 2 more"


def test_what_is_as_wrong_locally_works_all_the_same() -> None:
    both = wheels("musllinux_1_2", "numpy")
    (one,) = judged(both, both, BOOKWORM, BOOKWORM)
    assert (one.id, one.severity.value) == ("packages.wheel-tag", INFO)


def test_wheels_of_local_that_production_would_not_load() -> None:
    newer, older = wheels("manylinux_2_34", "numpy", "pandas"), wheels("manylinux_2_17", "numpy", "pandas")
    (one,) = judged(newer, older, BOOKWORM, BULLSEYE)
    expected = ("packages.wheel-there", "wheels for glibc 2.34 or later", INFO)
    assert (one.id, one.key, one.severity.value) == expected
    (one,) = judged(newer, wheels("manylinux_2_17", "numpy"), BOOKWORM, BULLSEYE)
    assert one.severity.value == WARNING
    assert one.why.endswith("; of 1 it has none")
    assert one.evidence[0].startswith("pandas ")
    (one,) = judged(newer, {}, BOOKWORM, ALPINE)
    assert one.key == "wheels for glibc"
    assert judged(newer, newer, BOOKWORM, BOOKWORM) == ()


def test_a_compressed_set_of_tags_is_each_of_them() -> None:
    one = {"wheel": ("cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64", "py3-none-any")}
    assert tags(one) == (
        "cp311-cp311-manylinux_2_17_x86_64",
        "cp311-cp311-manylinux2014_x86_64",
        "py3-none-any",
    )
