"""What pytest loads, whether or not anybody asks for it: so it imports nothing of parity until somebody does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

if TYPE_CHECKING:
    from parity.testing.parity import Parity

SESSION = "parity-session"
"""The name by which pytest knows the part of the plugin that works, where there is one."""

_MARKER = (
    "parity(*names): run only where these (packages, packages.django, environment.AWS_*) are as in production, by"
    " --parity; skip otherwise, or fail with --parity-strict"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--parity` and `--parity-strict`."""
    group = parser.getgroup("parity", "parity with production")
    group.addoption(
        "--parity",
        metavar="PRODUCTION",
        help="compare with production, a profile or any target of parity, and end a run that fails with the"
        " differences that bear on it",
    )
    group.addoption(
        "--parity-strict", action="store_true", help="fail what is marked parity(...) and differs, instead of a skip"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, and start what works where it is asked for."""
    config.addinivalue_line("markers", _MARKER)
    place = config.getoption("--parity")
    if place is not None:
        from parity.testing.session import Session

        config.pluginmanager.register(Session(config, place), SESSION)


@pytest.fixture(scope="session")
def parity(request: pytest.FixtureRequest) -> Parity:
    """The comparison of this environment with production's: `parity.same("packages.django")`."""
    session = request.config.pluginmanager.get_plugin(SESSION)
    if session is None:
        pytest.skip("nothing to compare with: --parity names production's profile")
    return cast("Parity", session.parity)
