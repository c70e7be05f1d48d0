"""Two containers of one image that differ in one way, and a program that runs in the first and fails in the second:
what made it fail is the one thing that is an error or a warning."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from parity.diff import compare
from parity.policy import judge
from parity.policy.model import Severity
from parity.profile import Profile
from tests.images.fixtures import RunContainer
from tests.targets.looking import take

if TYPE_CHECKING:
    from docker import DockerClient

pytestmark = pytest.mark.docker

PROGRAM = {
    "main.py": "import pricing, shop.models as m; open('t/Invoice.html'); pricing.vat_rate(); m.Refund",
    "pricing.py": "def vat_rate(): return 19",
    "shop/__init__.py": "",
    "shop/models.py": "class Refund: ...",
    "t/Invoice.html": "<b>",
    "job.sh": "#!/bin/sh\npython3 main.py",
}
STALE = (
    "cp pricing.py /tmp/new && sed -i s/vat_rate/tax_rate/ pricing.py && touch -d @1700000000 pricing.py"
    " && python3 -c 'import pricing' && cp /tmp/new pricing.py && touch -d @1700000000 pricing.py"
)
PAIRS = {
    "renamed in letter case": ("mv t/Invoice.html t/invoice.html", "source.case", "t/Invoice.html"),
    "a package left over": (
        "mkdir shop/models && touch shop/models/__init__.py",
        "source.shadows",
        "shop/models/__init__.py",
    ),
    "bytecode of another source": (STALE, "source.stale-bytecode", "__pycache__/pricing.cpython-311.pyc"),
    "not executable": ("chmod -x job.sh", "source.not-executable", "job.sh"),
    "lines with CRLF": (r"sed -i 's/$/\r/' job.sh", "source.line-ends", "job.sh"),
    "not deployed": ("rm pricing.py", "source.not-deployed", "pricing.py"),
}


def deployed(then: str) -> list[str]:
    """The command of a container in which the program was deployed, and one thing more was done."""
    steps = ["mkdir -p /app/shop /app/t && cd /app"]
    steps += [f"printf '%b\\n' '{_escaped(text)}' > {name}" for name, text in PROGRAM.items()]
    return ["sh", "-c", " && ".join([*steps, "chmod +x job.sh", then, "echo ready"]) + " && exec sleep 600"]


def _escaped(text: str) -> str:
    return text.replace("'", "\\0047").replace("\n", "\\n")


@pytest.fixture(scope="module")
def start(run_for_module: RunContainer, base_image: Callable[[str], str]) -> Callable[[str], str]:
    """start(what more is done) -> name of the container."""
    return lambda then: run_for_module(base_image("bookworm"), deployed(then), ready="ready", working_dir="/app")


@pytest.fixture(scope="module")
def works(start: Callable[[str], str]) -> tuple[str, Profile]:
    name = start("true")
    return name, take(f"docker://{name}", sections=None)


def code(engine: DockerClient, name: str) -> int | None:
    """The exit status of the program there."""
    return engine.containers.get(name).exec_run(["./job.sh"], workdir="/app").exit_code


@pytest.mark.parametrize("pair", PAIRS)
def test_the_cause_is_all_that_is_serious(
    pair: str, start: Callable[[str], str], works: tuple[str, Profile], docker_engine: DockerClient
) -> None:
    then, rule, key = PAIRS[pair]
    local_name, local = works
    name = start(then)
    # Looked at before the program has run: that makes bytecode.
    production = take(f"docker://{name}", sections=None)
    found = judge(compare(local, production), local, production)
    assert [(one.id, one.key) for one in found if one.severity is not Severity.INFO] == [(rule, key)]
    assert code(docker_engine, local_name) == 0
    assert code(docker_engine, name) != 0


def test_a_short_path_finds_another_python(run_for_module: RunContainer, app_image: str) -> None:
    sides = [
        take(f"docker://{run_for_module(app_image, ['/bin/sleep', '600'], environment=environment)}", sections=None)
        for environment in ({}, {"PATH": "/usr/bin:/bin"})
    ]
    found = {(one.id, one.key): one.severity.value for one in judge(compare(*sides), *sides)}
    assert found["python.prefix", "prefix"] == "warning"
    assert found["executables.python", "python3"] == "warning"
    assert sides[1].sections["python"].items["executable"] == "/usr/bin/python3"
