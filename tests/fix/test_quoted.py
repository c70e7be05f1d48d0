"""What is printed of a patch: what changes, and no value that the repository holds."""

from __future__ import annotations

import pytest

from parity.fix.model import Edit, File
from parity.fix.patch import patch
from parity.fix.quoted import printed
from tests.canary import Canary


def shown(path: str, text: str, edit: Edit) -> str:
    return printed(File("fix.patch", patch({path: text}, [edit]), "a patch"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "Dockerfile",
            "FROM python:3.11\nENV TOKEN={0} OTHER={0}\nARG KEY {0}\nCMD curl -u app:{0} http://localhost\n",
        ),
        ("compose.yml", "services:\n  web:\n    environment:\n      SHOP_TOKEN: '{0}'\n      - \"SHOP_KEY={0}\"\n"),
        ("deploy.yaml", 'env:\n  - name: SHOP\n    value: {0}\n  - name: MORE\n    value: "{0}"\n'),
        (".env.example", "export TOKEN={0}\nDSN=postgresql://app:{0}@db/shop\nX='{0}'\n"),
        ("app.ini", "[app]\npassword = {0}\nurl = amqp://app:{0}@mq\n"),
        ("requirements.txt", "--index-url https://user:{0}@host/simple\nrequests==2.0\n"),
    ],
)
@pytest.mark.parametrize("removed", [0, 1])
def test_no_value_of_a_quoted_line(path: str, text: str, removed: int) -> None:
    canary = Canary()
    lines = text.format(canary.word).count("\n")
    for line in range(2, lines + 1):
        canary.assert_clean(shown(path, text.format(canary.word), Edit(path, line, removed, ("ADDED",))))


def test_what_is_new_and_where_it_goes_stays() -> None:
    text = "FROM python:3.11\nRUN pip install .\nUSER app\n"
    whole = patch({"Dockerfile": text}, [Edit("Dockerfile", 2, 0, ("ENV LANG=C.UTF-8", "ENV TOKEN=${TOKEN}"))])
    assert printed(File("fix.patch", whole, "a patch")) == whole


def test_a_file_that_is_no_patch_is_printed_as_it_is() -> None:
    assert printed(File("constraints.txt", "TOKEN=1\n", "constraints")) == "TOKEN=1\n"
