"""Files that were made to hurt: each is one fault, in a moment, and nothing of a secret comes out."""

from __future__ import annotations

import time

import pytest

from parity.declared.dependencies import pyproject, reading, requirements, setup_py, toml, uv_lock
from parity.declared.dependencies.choose import packages
from parity.declared.facts import Facts, Fault
from parity.declared.sections import packages as section
from tests.declared.tree import Tree

DEEP = 50_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("setup.py", f"setup(install_requires={'-' * DEEP}1)"),
        ("setup.py", f"setup(install_requires=[{'a.' * 5_000}b])"),
        ("setup.py", "setup(install_requires=[" + "'a' + " * 3_000 + "'b'])"),
        ("setup.py", "setup(\0)"),
        ("setup.py", f"a{'.a' * 200_000}"),
        ("pyproject.toml", "x = " + "[" * DEEP),
        ("pyproject.toml", f"{'a.' * DEEP}b = 1\n[project"),
        ("pyproject.toml", "[project]\ndependencies = [" + "[" * 300 + "]" * 300 + "]"),
        ("pyproject.toml", "[project]\ndependencies = " + "9" * 50_000),
        ("uv.lock", "version = 1\npackage = " + "[" * DEEP),
        ("Pipfile.lock", '{"_meta": {}, "default": ' + '{"a":' * DEEP),
        ("Pipfile.lock", '{"_meta": {}, "default": {"a": {"version": ' + "9" * 100_000 + "}}}"),
        ("requirements.txt", "a" * 5_000),
        ("requirements.txt", "a[" + "b," * 1_000 + "=="),
        ("requirements.txt", "a ; " + "(" * 2_000 + "python_version > '3'" + ")" * 2_000),
        ("requirements.txt", "\x1b[31mred==1"),
        ("requirements.txt", "-r /etc/passwd"),
        ("requirements.txt", "-r ../../etc/passwd"),
        ("requirements.txt", "-r https://user:s3cret@host.example/r.txt"),
        ("requirements.txt", "-r not_there.txt"),
        ("setup.cfg", "[options]\ninstall_requires = \x1b[0m!"),
    ],
)
def test_a_hostile_file_is_a_fault_and_no_more(name: str, text: str) -> None:
    start = time.monotonic()
    facts = reading.read(Tree({name: text}))
    assert time.monotonic() - start < 5
    assert facts.faults
    assert all("s3cret" not in fault.sentence and fault.sentence.isprintable() for fault in facts.faults)
    found = section.read(facts, {})["packages"]
    assert found.hidden == ("*",) or (found.status.value, found.reason) == ("unavailable", facts.faults[0].sentence)


def test_a_broken_file_leaves_the_others_to_be_read() -> None:
    facts = reading.read(Tree({"pyproject.toml": "[", "requirements.txt": "flask==3.0\n!!\nclick", "Pipfile": "\0"}))
    assert [one.name for one in facts.dependencies] == ["flask", "click"]
    assert [fault.sentence for fault in facts.faults] == [
        "Pipfile: binary, not text",
        "pyproject.toml: not TOML at its end",
        "requirements.txt:2: no requirement",
    ]


def test_a_file_beyond_the_bound_is_a_fault() -> None:
    facts = reading.read(Tree({"requirements.txt": b"#" * (reading.MAX_FILE + 1)}))
    assert [fault.sentence for fault in facts.faults] == ["requirements.txt: File too large"]


def test_requirements_that_include_one_another_end() -> None:
    tree = Tree({"requirements.txt": "-r a.txt\nflask", "a.txt": "-r requirements.txt\n-r ./a.txt\nclick"})
    facts = reading.read(tree)
    assert sorted({one.name for one in facts.dependencies}) == ["click", "flask"]
    assert not facts.faults
    many = Tree({f"requirements-{number}.txt": f"p{number}" for number in range(1_000)})
    assert len(reading.read(many).dependencies) <= reading.MAX_REQUIREMENTS


def test_a_lock_of_thousands_of_packages_takes_time_in_proportion() -> None:
    def lock(count: int) -> str:
        heads = [
            'version = 1\n[[package]]\nname = "root"\nsource = { virtual = "." }\ndependencies = [{ name = "p0" }]\n'
        ]
        for number in range(count):
            needs = ", ".join(
                f"""{{ name = "p{other}", marker = "sys_platform == 'x{other % 40}'" }}"""
                for other in (number + 1, number * 2, number * 3 + 1)
                if other < count
            )
            heads.append(f'[[package]]\nname = "p{number}"\nversion = "1.{number}"\ndependencies = [{needs}]\n')
        return "".join(heads)

    start = time.monotonic()
    facts = uv_lock.read(lock(3_000), "uv.lock")
    assert len(facts.dependencies) == 3_000
    assert time.monotonic() - start < 10
    assert facts.dependencies[-1].at.line == 1 + 4 + 4 * 2_999 + 1


@pytest.mark.parametrize(
    "text",
    [
        "a @ https://user:s3cret@host.example/a.tar.gz",
        "a @ https://host.example/a.tar.gz?token=s3cret",
        "git+https://s3cret@host.example/team/a.git@main#egg=a",
        "git+https://host.example/s3cret@x/a.git#egg=a",
        "a @ git+ssh://git:s3cret@host.example/a",
        "--extra-index-url https://user:s3cret@host.example/simple\na",
        "-e git+https://user:s3cret@host.example/a.git#egg=a",
    ],
)
def test_no_credential_of_a_requirement_comes_out(text: str) -> None:
    facts = requirements.read(text, "requirements.txt")
    assert "s3cret" not in str(packages(facts, {}).items)
    assert [one.name for one in facts.dependencies] == ["a"]


def test_no_credential_of_another_table_comes_out() -> None:
    text = """
        [tool.poetry.dependencies]
        a = "https://user:s3cret@host.example"
        b = { version = "1.0", markers = "x == 'https://user:s3cret@host'" }
        c = { git = "https://user:s3cret@host.example/c.git", branch = "s3cret" }
        d = { url = "https://host.example/s3cret/d.zip#s3cret" }
    """
    found = packages(pyproject.read(text, "pyproject.toml"), {})
    assert found.items.keys() == {"a", "b", "c", "d"}
    assert "s3cret" not in str(found)


def test_a_tree_as_deep_as_the_bound_allows_ends_nothing() -> None:
    # Python 3.10 parses it, later ones refuse: neither is an end of the process.
    assert setup_py.read(f"a{'.a' * 30_000}", "setup.py").dependencies == ()


def test_nothing_of_setup_is_run() -> None:
    facts = setup_py.read("import os\nos._exit(3)\nsetup(install_requires=['a'])", "setup.py")
    assert [one.name for one in facts.dependencies] == ["a"]


def test_toml_keeps_its_lines_however_it_is_written() -> None:
    text = """# a comment with [brackets] and "quotes"
[a]
b = ['''
three
lines''', "d]", # ]
  { c = [1.5, "x"] },
]
"quoted.key".e = 1979-05-27T07:32:00Z

[[t]]
x = 1
[[t.u]]
y = 1
[[t]]
[t.v]
z = {
"""
    lines = toml.Lines(text)
    assert lines.at("a", "b", 0) == 3
    assert lines.at("a", "b", 1) == 5
    assert lines.at("a", "b", 2, "c", 1) == 6
    assert lines.at("a", "quoted.key", "e") == 8
    assert lines.at("t", 0, "x") == 11
    assert lines.at("t", 0, "u", 0, "y") == 13
    assert lines.at("t", 1, "v", "z") == 16
    assert lines.at("a", "b", 99) == 3, "the nearest that is known"
    assert lines.at("nowhere") == 0
    assert toml.heads(text, "t", 2) == [10, 14]
    assert toml.heads(text, "t", 5) == [0] * 5, "what does not match has no lines rather than wrong ones"
    assert isinstance(toml.parse(text, "x", ()), Fault)
    assert Facts.joined([]) == Facts()
