"""The line that a finding is shown at."""

from __future__ import annotations

import pytest

from parity.report.base import Places
from parity.report.places import Place, inside, stated

HERE = Places()


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (("3.1.4 is declared at uv.lock:54",), Place("uv.lock", 54)),
        (("imported at shop/prices.py:3 and 1 more",), Place("shop/prices.py", 3)),
        (("imported at shop/prices.py:3 and 1,204 more", "declared at a b.txt:2"), Place("a b.txt", 2)),
        (("read without a default at settings.py:40",), Place("settings.py", 40)),
        (("declared at .env.example:1, and no source reads it",), Place(".env.example", 1)),
        (("flask 3.0.3 requires jinja2>=3.1.2", "started at run.py:9"), Place("run.py", 9)),
        (("the source's last is 0003, at shop/migrations/0003.py:1",), Place("shop/migrations/0003.py", 1)),
        (("flask 3.0.3 requires jinja2>=3.1.2",), None),
        (("declared at uv.lock",), None),
        (("declared at uv.lock:0",), None),
        (("declared at /etc/passwd:1",), None),
        (("declared at ../../etc/passwd:1", "read at app.py:2"), Place("app.py", 2)),
        (("declared at a/../../b:1",), None),
        (("declared at a\x1bb:1",), None),
        (("declared at safe\u202eetis:1",), None),
        ((), None),
    ],
)
def test_evidence_names_it(evidence: tuple[str, ...], found: Place | None) -> None:
    assert stated(evidence, HERE) == found


def test_a_repository_below_the_checkout_s_root() -> None:
    assert stated(("declared at uv.lock:5",), Places(repository="services/api")) == Place("services/api/uv.lock", 5)


@pytest.mark.parametrize("path", ["", ".", "..", "../x", "a/../..", "a\nb", "C:\\x"])
def test_what_leads_out_of_the_checkout_is_no_place(path: str) -> None:
    assert inside(path) is None
