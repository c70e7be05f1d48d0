"""What the program's own code calls, and what its failing line is made of."""

from __future__ import annotations

from parity.explain.flow import flow
from parity.explain.model import Frame
from parity.explain.sources import Source, enclosing, of_frame, parse

CONFIG = """import os

URL = os.environ.get("SHOP_URL", "http://localhost")
MODE = os.getenv("MODE")
"""
MAIN = """import tables as t
from far import connect
from shop import config
from shop.config import URL as address


class Store:
    def __init__(self):
        self.engine = t.create_engine(address)

    def run(self, rows: t.Row):
        with self.engine.begin() as link:
            for row in rows:
                link.execute(row.name)
        return self.engine.execute("select")


async def other():
    return connect(config.MODE)
"""
SOURCES = parse({"src/shop/config.py": CONFIG, "src/shop/main.py": MAIN, "broken.py": "def ("})
SOURCE = SOURCES["src/shop/main.py"]


def line(text: str) -> int:
    return next(number for number, one in enumerate(MAIN.splitlines(), 1) if text in one)


def test_what_does_not_parse_is_left_out() -> None:
    assert set(SOURCES) == {"src/shop/config.py", "src/shop/main.py"}


def test_a_frame_is_of_the_file_whose_path_is_its_longest_end() -> None:
    assert of_frame(Frame("/app/src/shop/main.py", 1, "f", "", 1), SOURCES) is SOURCE
    assert of_frame(Frame("/app/main.py", 1, "f", "", 1), SOURCES) is None


def test_the_calls_of_a_function_alone() -> None:
    assert [one.name for one in SOURCE.calls("other")] == ["connect"]
    names = {one.name for one in SOURCE.calls()}
    assert {"t.create_engine", "self.engine.execute", "connect"} <= names
    assert [one.literals for one in SOURCE.calls() if one.name == "self.engine.execute"] == [("select",)]


def test_literals_of_a_function_alone() -> None:
    assert SOURCE.strings("run", line("return self.engine")) == {"select"}
    assert SOURCES["src/shop/config.py"].strings() == {"SHOP_URL", "http://localhost", "MODE"}


def test_the_function_that_holds_a_line() -> None:
    assert enclosing(SOURCE.tree, "Store.run", line("link.execute")) is not None
    assert enclosing(SOURCE.tree, "run", 1) is None


def test_imports_and_their_names() -> None:
    assert SOURCE.aliases["address"] == "shop.config.URL"
    assert ("far.connect", 2) in set(SOURCE.imports())


def test_an_attribute_is_followed_to_what_made_the_object() -> None:
    made = flow(SOURCE, line('engine.execute("select")'), SOURCES, "execute")
    assert made.modules == ("tables", "os")
    assert "SHOP_URL" in made.strings


def test_a_name_is_followed_through_with_and_annotations() -> None:
    assert flow(SOURCE, line("link.execute"), SOURCES).modules == ("tables", "os")


def test_a_name_is_followed_into_another_file() -> None:
    made = flow(SOURCE, line("connect(config.MODE)"), SOURCES)
    assert made.modules == ("far.connect", "os")
    assert "MODE" in made.strings
    assert "SHOP_URL" not in made.strings


def test_a_decorator_is_of_what_it_is_made() -> None:
    held = parse({"app.py": "import web\n\napp = web.App()\n\n\n@app.before\ndef first():\n    return 1\n"})
    assert flow(held["app.py"], 6, held, "before").modules == ("web",)


def test_a_line_beyond_the_file_is_made_of_nothing() -> None:
    made = flow(Source("x.py", SOURCE.tree), 10_000, SOURCES)
    assert (made.modules, made.strings) == ((), ())
