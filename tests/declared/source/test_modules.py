"""Which files of a repository are the data of a package of Python."""

from __future__ import annotations

import pytest

from parity.declared.source.modules import of_packages


@pytest.mark.parametrize(
    ("path", "its"),
    [
        ("shop/templates/data/job.yaml", True),
        ("shop/data/run.sh", True),
        ("shop/data/deep/compose.yaml", True),
        ("src/shop/resources/Dockerfile", True),
        ("data/job.yaml", False),
        ("deploy/templates/job.yaml", False),
        ("shop/deploy/job.yaml", False),
        ("shop/templates/job.yaml", False),
        ("shop/job.yaml", False),
    ],
)
def test_what_a_package_holds_as_data(path: str, its: bool) -> None:
    paths = [path, "shop/__init__.py", "src/shop/__init__.py", "shop/templates/__init__.py"]
    assert (path in of_packages(paths)) is its
