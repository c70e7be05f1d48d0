"""The extensions of PostgreSQL that SQL files and Python files create, each at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.declared.assemble import declared
from parity.declared.source.extensions import MOST, of_python, of_sql


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CREATE EXTENSION pg_trgm;", [("pg_trgm", 1)]),
        ('\ncreate extension if not exists "uuid-ossp" with schema public;', [("uuid-ossp", 2)]),
        ("CREATE EXTENSION\n  IF NOT EXISTS\n  PostGIS CASCADE;", [("postgis", 1)]),
        ("CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;", []),
        ("-- CREATE EXTENSION hstore;\n/* create extension\ncitext; */ CREATE EXTENSION citext;", [("citext", 3)]),
        ("CREATE EXTENSION a; CREATE EXTENSION b;", [("a", 1), ("b", 1)]),
        ("COMMENT ON EXTENSION hstore IS 'pairs'; DROP EXTENSION hstore;", []),
        ("CREATE TABLE extension (id int);", []),
        ("CREATE EXTENSION 'pg_trgm';", []),
        ("DO $$ BEGIN CREATE EXTENSION hstore; END $$;", [("hstore", 1)]),
        ("SELECT 'CREATE EXTENSION fails there';", []),
        ("CREATE EXTENSION IF NOT;", []),
    ],
)
def test_sql(text: str, found: list[tuple[str, int]]) -> None:
    assert list(of_sql(text.encode())) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")', [("pg_trgm", 1)]),
        ("""op.execute('CREATE EXTENSION "uuid-ossp"')""", [("uuid-ossp", 1)]),
        (r'op.execute("CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\"")', [("uuid-ossp", 1)]),
        ('SQL = """\n  create extension hstore;\n"""', [("hstore", 2)]),
        ("    # op.execute('CREATE EXTENSION hstore')\n", []),
        ('f"CREATE EXTENSION {name}"', []),
        ('f"CREATE EXTENSION pg_{name}"', []),
        ('"CREATE EXTENSION %s" % name', []),
        ('"CREATE EXTENSION IF NOT EXISTS %s" % name', []),
        ('"DROP EXTENSION pg_trgm"', []),
        (
            "operations = [TrigramExtension(), UnaccentExtension(),\n CreateExtension('postgis')]",
            [("pg_trgm", 1), ("unaccent", 1), ("postgis", 2)],
        ),
        (
            "operations = [CITextExtension(), BtreeGinExtension(), CryptoExtension()]",
            [("citext", 1), ("btree_gin", 1), ("pgcrypto", 1)],
        ),
        ('execute("CREATE TABLE a (b int); CREATE EXTENSION pg_trgm WITH SCHEMA public")', [("pg_trgm", 1)]),
        ('execute("DO $$ BEGIN CREATE EXTENSION hstore; END $$")', [("hstore", 1)]),
        ('execute("CREATE EXTENSION "\n "IF NOT EXISTS hstore;")', [("hstore", 1)]),
        ('execute(f"CREATE EXTENSION IF NOT EXISTS hstore SCHEMA {schema}")', [("hstore", 1)]),
        ('execute("SELECT 1;\\nCREATE EXTENSION hstore")', [("hstore", 1)]),
        ('SAYS = "the server does not offer it: CREATE EXTENSION fails there"', []),
        ('SAYS = "CREATE EXTENSION fails there"', []),
        ('SAYS = "CREATE EXTENSION failed"', []),
        ('SAYS = "an administrator runs CREATE EXTENSION there, or does without it"', []),
        ('SAYS = "run CREATE EXTENSION hstore first"', []),
        ('SQL = "-- CREATE EXTENSION hstore;"', []),
        ('"""Runs\n\nCREATE EXTENSION hstore;\n"""', []),
        ('def up():\n    """CREATE EXTENSION hstore;"""', []),
        ("operations = [CreateExtension(name='postgis'), postgres.HStoreExtension()]", [("postgis", 1), ("hstore", 1)]),
        ("class TrigramExtension(CreateExtension):\n    pass", []),
        ("from mypackage import MarkdownExtension; MarkdownExtension()", []),
    ],
)
def test_python(text: str, found: list[tuple[str, int]]) -> None:
    assert list(of_python(text.encode())) == found


def test_no_more_than_a_person_reads_are_kept() -> None:
    text = "".join(f"CREATE EXTENSION e{number};\n" for number in range(MOST + 9))
    assert len(of_sql(text.encode())) == len(of_python(f'"""{text}""".strip()'.encode())) == MOST


def test_a_repository(tmp_path: Path) -> None:
    for name, text in {
        "app/migrations/0002_search.py": "import os\nop.execute('CREATE EXTENSION pg_trgm')\n",
        "db/schema.SQL": "--\nCREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;\nCREATE EXTENSION hstore;\n",
        "db/binary.sql": "\0\xff",
        "tests/conftest.py": "import os\nCREATE = 'CREATE EXTENSION pgtap'\n",
        "tests/pgtap.sql": "CREATE EXTENSION pgtap;\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    items = declared(tmp_path, None, lambda _: None).sections["database"].items
    assert items == {
        "declared.extensions.hstore": {"at": ("db/schema.SQL:3",)},
        "declared.extensions.pg_trgm": {"at": ("app/migrations/0002_search.py:2", "db/schema.SQL:2")},
    }
