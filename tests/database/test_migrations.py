"""Migrations that the tools themselves applied: all of them on one side, not all on the other."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.canary import Canary
from tests.cli.program import parity
from tests.database.servers import Running
from tests.images.fixtures import BuildImage, RunContainer
from tests.services import program

pytestmark = [pytest.mark.docker, pytest.mark.postgres]

FILES = {
    "alembic.ini": "[alembic]\nscript_location = steps\npath_separator = os\n",
    "steps/env.py": """
import os
from alembic import context
from sqlalchemy import create_engine

with create_engine(os.environ["URL"].replace("postgresql:", "postgresql+psycopg:")).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
""",
    "steps/versions/a1.py": "from alembic import op\nrevision = 'a1'\ndown_revision = None\n"
    "def upgrade():\n    op.execute('CREATE TABLE orders ()')\n",
    "steps/versions/b2.py": "from alembic import op\nrevision = 'b2'\ndown_revision = 'a1'\n"
    "def upgrade():\n    op.execute('ALTER TABLE orders ADD price int')\n",
    "settings.py": """
import os
from urllib.parse import urlsplit

url = urlsplit(os.environ["URL"])
SECRET_KEY = "x"
INSTALLED_APPS = ["shop"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path[1:],
        "USER": url.username,
        "PASSWORD": url.password,
        "HOST": url.hostname,
        "PORT": url.port,
    }
}
""",
    "shop/__init__.py": "",
    "shop/migrations/__init__.py": "",
    "shop/migrations/0001_initial.py": "from django.db import migrations\n\n\n"
    "class Migration(migrations.Migration):\n    operations = []\n",
    "shop/migrations/0002_price.py": "from django.db import migrations\n\n\n"
    "class Migration(migrations.Migration):\n    dependencies = [('shop', '0001_initial')]\n    operations = []\n",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A repository with two migrations of Alembic's and two of Django's."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.fixture
def databases(server: Running, canary: Canary) -> Iterator[dict[str, str]]:
    """{name: DSN} of two empty databases."""
    names = ("here", "there")
    with psycopg.connect(server.url(), autocommit=True) as admin:
        for name in names:
            admin.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield {name.upper(): server.url(database=name) for name in names}
        finally:
            for name in names:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_one_side_is_behind(
    source: Path, databases: dict[str, str], build_image: BuildImage, run_container: RunContainer
) -> None:
    image = build_image("drivers", "bookworm")
    mounted = {str(source): {"bind": "/src"}}
    # As root: pytest's directories are its own user's alone.
    tools = run_container(
        image, ["sleep", "infinity"], network_mode="host", working_dir="/src", user="root", volumes=mounted
    )
    migrate = "python -B -m alembic -q upgrade {} && python -B -m django migrate --settings settings -v0 shop {}"
    for name, revision, number in (("HERE", "head", "0002"), ("THERE", "a1", "0001")):
        command = ["exec", "-e", f"URL={databases[name]}", "-e", "PYTHONPATH=/src", tools, "sh", "-ec"]
        done = subprocess.run(
            [program("docker"), *command, migrate.format(revision, number)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
    sides = ("local?database-url-env=HERE", "local?database-url-env=THERE")
    for declared in (["--no-declared"], ["--declared", str(source)]):
        result = parity("diff", *sides, "--section", "database", *declared, "--format", "json", env=databases)
        found = {one["key"]: one for one in json.loads(result.out)["findings"]}
        assert found.keys() == {"migrations.alembic", "migrations.django.shop"}
        assert {one["id"] for one in found.values()} == {"database.migrations"}
        assert {one["severity"] for one in found.values()} == {"error"}
        assert "0002_price" in found["migrations.django.shop"]["why"]
        assert ("b2" in found["migrations.alembic"]["why"]) is (declared != ["--no-declared"])
    again = ("local?database-url-env=THERE", "local?database-url-env=THERE")
    result = parity(
        "diff", *again, "--section", "database", "--declared", str(source), "--format", "json", env=databases
    )
    found = {one["key"]: one for one in json.loads(result.out)["findings"]}
    assert {key: (one["id"], one["departs"]) for key, one in found.items()} == {
        "migrations.alembic": ("database.migrations", "both"),
        "migrations.django.shop": ("database.migrations", "both"),
    }
