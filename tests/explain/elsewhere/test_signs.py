"""What speaks for a failure that is not of the environment, kind by kind, and what must not."""

from __future__ import annotations

import pytest

from parity.explain.elsewhere import kinds
from tests.explain.cases import case, trace

STRONG, SOME, NONE = (0.7, 1.0), (0.2, 0.7), (0.0, 0.0)

GET = "~requests/adapters.py:3 send: raise ConnectionError(err)"
EXAMPLES = {
    "data": [
        (trace("IndexError: list index out of range", "shop/cart.py:4 total: cart[0]"), STRONG),
        (trace("ZeroDivisionError: float division by zero", "~arrays/stats.py:9 mean: x / n"), STRONG),
        (trace("AttributeError: 'NoneType' object has no attribute 'rate'", "shop/vat.py:4 vat: row.rate"), SOME),
        (trace("psycopg.errors.UniqueViolation: duplicate key value violates unique constraint", "app.py:3 f"), STRONG),
        (trace("zipfile.BadZipFile: File is not a zip file", "^zipfile.py:1 open: raise"), STRONG),
        (
            trace("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", "app.py:3 f: r.json()"),
            STRONG,
        ),
        (trace("UnboundLocalError: cannot access local variable 'x'", "app.py:3 f: return x"), STRONG),
        (trace("ValueError: bad", "<frozen importlib._bootstrap>:3 _find_and_load", "~a/b.py:3 <module>: x()"), NONE),
        (trace("PermissionError: [Errno 13] Permission denied: '/data'", "app.py:3 f"), NONE),
        (trace("ModuleNotFoundError: No module named 'yaml'", "app.py:3 <module>: import yaml"), NONE),
        (trace("docs.errors.EmptyFileError: Cannot read an empty file", "~docs/read.py:3 read: raise"), STRONG),
        (trace("docs.errors.NotConnected: no socket", "~docs/read.py:3 read: raise"), NONE),
        ("Killed", NONE),
    ],
    "upstream": [
        (trace("requests.exceptions.ReadTimeout: Read timed out. (read timeout=2)", GET), STRONG),
        (trace("ConnectionResetError: [Errno 104] Connection reset by peer", "^socket.py:3 recv_into: x"), STRONG),
        (trace("requests.exceptions.HTTPError: 502 Server Error: Bad Gateway for url: https://a/b", GET), STRONG),
        (trace("requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: https://a/b", GET), STRONG),
        (trace("psycopg.errors.DeadlockDetected: deadlock detected", "app.py:3 f"), (0.4, 1.0)),
        (
            trace(
                "ssl.SSLCertVerificationError: certificate verify failed: certificate has expired",
                "^ssl.py:3 do_handshake",
            ),
            STRONG,
        ),
        (trace("requests.exceptions.ProxyError: Unable to connect to proxy, Read timed out", GET), NONE),
        (trace("ConnectionRefusedError: [Errno 111] Connection refused", "^socket.py:3 connect"), NONE),
        (
            trace("ssl.SSLCertVerificationError: certificate_verify_failed: unable to get local issuer", "^ssl.py:3 f"),
            NONE,
        ),
        (trace("ValueError: bad", "app.py:3 f"), NONE),
    ],
    "moment": [
        (
            trace("pytz.exceptions.NonExistentTimeError: 2024-03-10 02:30", 'a.py:3 f: timezone("America/New_York")'),
            (0.9, 1.0),
        ),
        (trace("pytz.exceptions.AmbiguousTimeError: 2024-11-03 01:30", "app.py:3 f: zone.localize(day)"), (0.6, 0.8)),
        (
            trace("pytz.exceptions.NonExistentTimeError: 2024-03-10 02:30", "a.py:3 f: get_localzone().localize(day)"),
            NONE,
        ),
        (trace("ValueError: bad", "app.py:3 f"), NONE),
    ],
    "statements": [
        (trace("psycopg2.errors.DeadlockDetected: deadlock detected", "app.py:3 f: cursor.execute(q)"), (0.85, 1.0)),
        (trace("psycopg2.errors.RaiseException: no stock left", "app.py:3 f: cursor.execute(q)"), SOME),
        (trace("psycopg2.errors.SerializationFailure: could not serialize access", "app.py:3 f"), NONE),
        (trace("ValueError: bad", "app.py:3 f"), NONE),
    ],
    "own_limit": [
        (
            trace("werkzeug.exceptions.RequestEntityTooLarge: 413 Request Entity Too Large", "~werkzeug/f.py:3 parse"),
            STRONG,
        ),
        (trace("numpy.ArrayMemoryError: Unable to allocate 7.28 TiB for an array", "app.py:3 f"), STRONG),
        (trace("numpy.ArrayMemoryError: Unable to allocate 763. MiB for an array", "app.py:3 f"), NONE),
        (trace("RecursionError: maximum recursion depth exceeded", "app.py:3 f"), STRONG),
        (trace("ValueError: bad", "app.py:3 f"), NONE),
    ],
}


@pytest.mark.parametrize(
    ("name", "log", "expected"),
    [
        pytest.param(name, *one, id=f"{name}-{one[0].splitlines()[-1][:50]}")
        for name, found in EXAMPLES.items()
        for one in found
    ],
)
def test_how_strong_a_sign_is(name: str, log: str, expected: tuple[float, float]) -> None:
    known = {"packages.docs": {"version": "1.0"}}
    signs = list(kinds()[name].read(case(log, known, known)))
    assert expected[0] <= max((one.strength for one in signs), default=0.0) <= expected[1]
    for one in signs:
        assert one.evidence
        assert not one.words.endswith(".")


def test_every_kind_has_examples() -> None:
    assert EXAMPLES.keys() == kinds().keys()


def test_without_a_failure_nothing_speaks() -> None:
    assert not [sign for kind in kinds().values() for sign in kind.read(case("", {}, {}))]


RATES = "import client\n\ndef load():\n    answer = client.get().json()\n    return answer.items()\n"
SHAPE = trace("AttributeError: 'list' object has no attribute 'items'", "rates.py:5 load: return answer.items()")


@pytest.mark.parametrize(("sources", "speaks"), [(RATES, True), (RATES.replace(".json()", ""), False)])
def test_an_answer_of_another_shape_was_parsed(sources: str, speaks: bool) -> None:
    met = case(SHAPE, {}, {}, {"rates.py": sources})
    assert any("shape" in one.words for one in kinds()["upstream"].read(met)) is speaks


@pytest.mark.parametrize(("there", "least"), [("utf-8", 0.8), ("latin-1", 0.0)])
def test_bytes_that_the_codec_of_both_sides_refuses_are_the_data_s(there: str, least: float) -> None:
    log = trace("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe8 in position 1", "app.py:3 f: read()")
    met = case(log, {"locale.encoding": "utf-8"}, {"locale.encoding": there})
    found = max((one.strength for one in kinds()["data"].read(met)), default=0.0)
    assert found >= least if least else found < 0.5


KINDS = "import mimetypes\n\ndef f(name):\n    kind, _ = mimetypes.guess_type(name)\n    return kind.split('/')\n"


@pytest.mark.parametrize(("read", "most"), [("system_packages.media-types", 0.29), ("system_packages.less", 1.0)])
def test_the_data_is_innocent_where_the_path_reads_what_differs(read: str, most: float) -> None:
    log = trace("AttributeError: 'NoneType' object has no attribute 'split'", "app.py:5 f: return kind.split('/')")
    met = case(log, {read: {"version": "10"}}, {}, {"app.py": KINDS})
    found = max((one.strength for one in kinds()["data"].read(met)), default=0.0)
    assert found <= most
    assert most < 1 or found > 0.5
