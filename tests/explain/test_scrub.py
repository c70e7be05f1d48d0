"""No secret of a log passes, whichever way it stands there; what tells the cause does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.explain.facts import facts
from parity.explain.log import read
from parity.explain.scrub import scrub

CANARY = "kNr7Vq2Zx9Lw4Tb8"

WAYS = (
    f"postgresql://app:{CANARY}@db:5432/shop",
    f"redis://:{CANARY}@cache:6379/0",
    f"postgresql://app:a/{CANARY}@db/shop",
    f"password={CANARY}",
    f"DB_PASSWORD: {CANARY}",
    f"{{'api_key': '{CANARY}'}}",
    f'{{"access_token": "{CANARY}"}}',
    f"Authorization: Bearer {CANARY}",
    f"Cookie: session={CANARY}; a=b",
    f"GET /pay?token={CANARY}&x=1",
    f"for url: http://h/p?sig={CANARY}",
    f"eyJhbGciOiJIUzI1NiJ9.{CANARY}.{CANARY}",
    f"sk_live_{CANARY}",
    f"DETAIL:  Key (email)=({CANARY}) already exists.",
    f"DETAIL:  Failing row contains (1, {CANARY}).",
    f"[parameters: {{'body': '{CANARY}'}}]",
    f"LINE 1: insert into t values ('{CANARY}')",
    f"  Field required [type=missing, input_value={{'a': '{CANARY}'}}, input_type=dict]",
    f"{CANARY}@example.com wrote",
    f"secret {CANARY}{CANARY}",
    f"postgresql://app:a@b/{CANARY}@db/shop",
    f"PGPASSWORD={CANARY} psql",
    f"{{clientSecret: {CANARY}}}",
    f"os.environ['APP_TOKEN'] = '{CANARY}'",
    f"APP_TOKEN -> {CANARY}",
    f"environ({{'HOME': '/', 'ODD': '{CANARY}'}})",
    f"tool --password {CANARY} --verbose",
    f"Command '['tool', '--api-key', '{CANARY}']' returned non-zero exit status 1.",
    f"Command '['mysqldump', '-uroot', '-p{CANARY}']' returned non-zero exit status 2.",
    f"curl -u app:{CANARY} http://h/",
    f"login(auth=('app', '{CANARY}'))",
    f"app:{CANARY}@db",
    f'could not translate host name "{CANARY}@db" to address: Name or service not known',
    f'missing "=" after "{CANARY}" in connection info string',
    f'invalid percent-encoded token: "{CANARY}"',
    f"Could not parse SQLAlchemy URL from given URL string '{CANARY}'",
    f"invalid literal for int() with base 10: '{CANARY}'",
    f"Incorrect API key provided: {CANARY}.",
    f"https://hooks.slack.com/services/T0/B0/{CANARY}",
    f"https://api.telegram.org/bot12345:{CANARY}/sendMessage",
    f"DefaultEndpointsProtocol=https;AccountKey={CANARY};EndpointSuffix=core.windows.net",
)


@pytest.mark.parametrize("way", WAYS)
def test_a_secret_is_taken_out(way: str) -> None:
    assert CANARY not in scrub(way)


@pytest.mark.parametrize("way", WAYS)
def test_no_secret_reaches_a_failure_or_a_fact(way: str) -> None:
    lines = [
        f"WARNING:root:falling back: {way}",
        "Traceback (most recent call last):",
        '  File "/app/a.py", line 1, in f',
    ]
    lines += [f"    connect({way!r})", f"ValueError: bad: {way}", way, f"ERROR:root:failed: {way}", f"Error: {way}"]
    log = read(f"{line}\n".encode() for line in lines)
    assert log.failures
    assert CANARY not in repr(log)
    assert CANARY not in repr([facts(failure) for failure in log.failures])


@pytest.mark.parametrize(
    "text",
    [
        'connect(password=os.environ["DB_PASSWORD"])',
        "./run.sh: line 3: JWT_SECRET: unbound variable",
        "KeyError: 'PAYMENTS_SIGNING_KEY'",
        "The SECRET_KEY setting must not be empty.",
        "ValueError: invalid literal for int() with base 10: '10s'",
        "celery -A shop worker --loglevel info -p 8000",
        "python -m shop --token-file /run/secrets/token",
        "token-refresh failed: 3 times",
        "git+https://github.com/o/r",
        "image registry.example/shop:1.2@sha256:0123456789ab",
        "File app.py:12 in <module>",
        "HTTPConnectionPool(host='catalog', port=8081): Max retries exceeded with url: /items",
        "/opt/venv/lib/python3.11/site-packages/lmdb/cpython.cpython-39-x86_64-linux-gnu.so",
        "http://localhost:8443/balance",
        'connection to server at "127.0.0.1", port 5432 failed: FATAL:  password authentication failed for user "app"',
    ],
)
def test_what_tells_the_cause_stays(text: str) -> None:
    assert scrub(text) == text


@given(st.lists(st.sampled_from([*WAYS, "word", " ", "=", ":", "'", "\n", "token", "://", "@", "?"]), max_size=12))
def test_scrubbing_twice_changes_nothing(parts: list[str]) -> None:
    once = scrub("".join(parts))
    assert scrub(once) == once
