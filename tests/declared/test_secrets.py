"""One secret wherever a repository may keep one: no fact holds it, nor any part of it."""

from __future__ import annotations

from pathlib import Path

from parity.declared import containers, git, source
from parity.declared.assemble import declared
from parity.declared.facts import Facts
from parity.declared.walk import walk
from tests.declared.checkouts import ENVIRON, committed, write
from tests.declared.checkouts import git as run

SECRET = "Kd8f3QzR7wLp2Vx"
FILES = {
    "app.py": f"""
import os
from environs import Env
from pydantic_settings import BaseSettings
from shop.config import require
env = Env()
os.environ.get("A_NAME", "{SECRET}")
os.environ["B_NAME"] = "{SECRET}"
env.str("C_NAME", "{SECRET}")
require("D_NAME", default="{SECRET}")
require("{SECRET}")
password = "{SECRET}"
engine = create_engine("postgresql://u:{SECRET}@host/x", pool_size="{SECRET}")
subprocess.run(["curl", "-u", "{SECRET}"])
subprocess.run("PGPASSWORD={SECRET} psql")
class Settings(BaseSettings):
    token: str = "{SECRET}"
""",
    "shop/config.py": "import os\n\n\ndef require(name, default=None):\n    return os.environ.get(name, default)\n",
    "broken.py": f"import os\nos.environ['A'\npassword = '{SECRET}\n",
    ".env.example": f"TOKEN={SECRET}\n# OTHER={SECRET}\nnot a line {SECRET}\n",
    ".env": f'KEY="{SECRET}"\n',
    "Dockerfile": f"ARG BUILD={SECRET}\nFROM python:3.12\nENV E_NAME={SECRET}\nENV F_NAME {SECRET}\n"
    f"RUN pip install --extra-index-url https://u:{SECRET}@host/simple gunicorn\n"
    f"RUN echo {SECRET} | apt-get install -y x\n",
    "compose.yaml": f"services:\n  web:\n    build: .\n    environment: {{A_NAME: {SECRET}}}\n    command: {SECRET}\n"
    f"  job:\n    build: .\n    environment: ['G_NAME={SECRET}']\n",
    "broken/compose.yaml": f"services: {{web: {SECRET}\n",
    "k8s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"
    f"stringData: {{H_NAME: {SECRET}}}\n---\nkind: Pod\napiVersion: v1\nspec:\n  containers:\n"
    f"    - {{image: x, env: [{{name: I_NAME, value: {SECRET}}}], envFrom: [{{secretRef: {{name: s}}}}]}}\n",
}


def test_no_fact_holds_it(tmp_path: Path) -> None:
    committed(tmp_path, FILES)
    write(tmp_path, {"new.py": f"x = '{SECRET}'\n"})
    run(tmp_path, "remote", "add", "origin", f"https://u:{SECRET}@host/x.git")
    files = walk(tmp_path)
    facts = Facts.joined([source.read(files), containers.read(files)])
    names = {one.name for one in facts.declared_names} | {one.name for one in facts.read_names}
    assert names >= {f"{letter}_NAME" for letter in "ACDEFGHI"} | {"TOKEN", "OTHER", "KEY"}
    for told in (facts, git.read(tmp_path, ENVIRON), declared(tmp_path, None, lambda words: None)):
        text = repr(told)
        assert not any(SECRET[start : start + 6] in text for start in range(len(SECRET) - 5))


def test_a_bare_word_that_may_be_a_key_is_no_name(tmp_path: Path) -> None:
    word = "AKIAIOSFODNN7EXAMPLE"
    lines = f"export {word}\n{word}\nKEY=-----BEGIN\n{word}\n3fRk2Q==\n-----END\nexport API_TOKEN\n"
    committed(tmp_path, {".env.example": lines, ".envrc": lines, "deploy/prod.env": lines, "app.py": "import os\n"})
    told = declared(tmp_path, None, lambda words: None)
    assert "API_TOKEN" in told.sections["environment"].items
    assert word not in repr(told)
