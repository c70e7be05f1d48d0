"""Package URLs by their specification."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.sbom.purl import LENGTH, NotAPurl, Purl, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pkg:pypi/flask@3.0.3", Purl("pypi", "", "flask", "3.0.3")),
        ("pkg:pypi/flask", Purl("pypi", "", "flask")),
        ("PKG:PyPI/Flask@3", Purl("pypi", "", "Flask", "3")),
        ("pkg://pypi/flask@3", Purl("pypi", "", "flask", "3")),
        (
            "pkg:deb/debian/libstdc%2B%2B6@1:2.3-1%2Bdeb12u1?arch=amd64&distro=debian-12",
            Purl("deb", "debian", "libstdc++6", "1:2.3-1+deb12u1", {"arch": "amd64", "distro": "debian-12"}),
        ),
        ("pkg:deb/debian/g++@4:12-1+b1?arch=amd64", Purl("deb", "debian", "g++", "4:12-1+b1", {"arch": "amd64"})),
        (
            "pkg:rpm/fedora/curl@7.50.3-1.fc25?arch=i386&epoch=1&distro=",
            Purl("rpm", "fedora", "curl", "7.50.3-1.fc25", {"arch": "i386", "epoch": "1"}),
        ),
        ("pkg:golang/google.golang.org/genproto#googleapis/api", Purl("golang", "google.golang.org", "genproto")),
        ("pkg:npm/@angular/core@12.3.1", Purl("npm", "@angular", "core", "12.3.1")),
        ("pkg:npm/%40angular/core@12.3.1", Purl("npm", "@angular", "core", "12.3.1")),
        ("pkg:npm/@angular", Purl("npm", "", "@angular")),
        ("pkg:generic/a/b//c/name@1?Vcs_URL=git%2Bhttps://x/y%40abc", Purl("generic", "a/b/c", "name", "1", {"vcs_url": "git+https://x/y@abc"})),
        ("pkg:apk/alpine/caf%C3%A9@1", Purl("apk", "alpine", "caf\u00e9", "1")),
    ],
)  # fmt: skip
def test_what_is_right(text: str, expected: Purl) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "flask",
        "pypi/flask@1",
        "http://pypi/flask@1",
        "pkg:",
        "pkg:pypi",
        "pkg:pypi/",
        "pkg:/flask@1",
        "pkg:py pi/flask",
        "pkg:pypi/a%zz@1",
        "pkg:pypi/a@%ff",
        "pkg:pypi/a@1%",
        "pkg:pypi/a?arch=x&arch=y",
        "pkg:pypi/a?=x",
        "pkg:pypi/" + "a" * LENGTH,
    ],
)
def test_what_is_wrong(text: str) -> None:
    with pytest.raises(NotAPurl):
        parse(text)


@given(st.text(max_size=80).map(lambda text: "pkg:" + text))
def test_nothing_else_is_ever_raised(text: str) -> None:
    try:
        found = parse(text)
    except NotAPurl:
        return
    assert found.name
    assert found.type
