"""Where a frame stands, and which distribution a module is of."""

from __future__ import annotations

import pytest

from parity.explain.model import Frame
from parity.explain.places import Place, Providers, distributions, module_of, place, provides
from tests.diff.profiles import section

ITEMS = section(
    {
        "pyyaml": {"version": "6", "provides": ["_yaml", "yaml"]},
        "cloud-core": {"version": "1", "provides": ["cloud.core"]},
        "cloud-storage": {"version": "1", "provides": ["cloud.storage"]},
        "flask": {"version": "3"},
        "frames": {"version": "2"},
    }
).items
PROVIDERS = Providers((ITEMS,))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/app/shop/mail.py", Place("own", "app.shop.mail", None, "/app/shop/mail.py")),
        ("./mail.py", Place("own", "mail", None, "./mail.py")),
        ("/venv/lib/python3.12/site-packages/yaml/__init__.py", Place("package", "yaml", "pyyaml")),
        ("/usr/lib/python3/dist-packages/flask/app.py", Place("package", "flask.app", "flask")),
        ("/venv/lib/python3.12/site-packages/flask-3-py3.12.egg/flask/app.py", Place("package", "flask.app", "flask")),
        ("/venv/lib/python3.12/site-packages/unheard/of.py", Place("package", "unheard.of", None)),
        ("/usr/lib/python3.12/asyncio/events.py", Place("stdlib", "asyncio.events")),
        ("/usr/local/lib/python3.13t/json/__init__.py", Place("stdlib", "json")),
        ("<frozen importlib._bootstrap>", Place("stdlib", "importlib._bootstrap")),
        ("frames/_libs/interval.pyx", Place("package", "frames._libs.interval", "frames")),
        ("unheard/of.pyx", Place("unknown", "unheard.of")),
        ("<string>", Place("unknown", "")),
    ],
)
def test_where_a_frame_stands(file: str, expected: Place) -> None:
    assert place(Frame(file, 3, "f", "", 1), PROVIDERS) == expected


def test_a_module_is_of_the_distribution_that_provides_the_longest_part_of_its_name() -> None:
    assert PROVIDERS.all("cloud.storage.blob") == ("cloud-storage",)
    assert PROVIDERS.all("cloud") == ()
    assert PROVIDERS.first("yaml.nodes") == "pyyaml"
    assert PROVIDERS.first("unheard.of") is None


def test_the_side_that_is_believed_first_comes_first() -> None:
    other = section({"jot": {"version": "1", "provides": ["yaml"]}}).items
    assert Providers((other, ITEMS)).all("yaml") == ("jot", "pyyaml")


def test_a_distribution_that_says_nothing_provides_its_own_name() -> None:
    assert provides("cloud-core", None) == ("cloud_core",)


def test_each_distribution_once_in_order() -> None:
    places = [Place("package", "a", "x"), Place("own", "b"), Place("package", "c", "y"), Place("package", "a", "x")]
    assert distributions(places) == ("x", "y")


@pytest.mark.parametrize(("path", "module"), [("a/b.py", "a.b"), ("a/__init__.py", "a"), ("a/b.cpython-312.so", "a.b")])
def test_the_module_that_a_path_is(path: str, module: str) -> None:
    assert module_of(path) == module
