from __future__ import annotations

import pytest

from parity.arguments import refuse_credentials
from parity.errors import UsageError


@pytest.mark.parametrize(
    "word",
    [
        "postgresql://user:hunter2@host/db",
        "POSTGRES://user:hunter2@host/db",
        "postgresql+psycopg://host/db",
        "DATABASE_URL=postgres://user:hunter2@host/db",
        "--name=postgres://user:hunter2@host/db",
        "local?database-url=postgres://user:hunter2@host/db",
        "host=x password=hunter2",
        "host=x Password = 'hunter2'",
        "mysql://user:hunter2@host/db",
        "mysql://user:hun/ter2@host/db",
        "https://:hunter2@host/",
        "docker://user:hunter2@host",
    ],
)
def test_a_password_is_refused_and_not_shown(word: str) -> None:
    with pytest.raises(UsageError) as raised:
        refuse_credentials(["snapshot", word])
    assert "hunter2" not in f"{raised.value} {raised.value.hint}"
    assert "hun" not in str(raised.value)


@pytest.mark.parametrize(
    "word",
    [
        "local",
        "profiles/production.json",
        "--database-url-env=PROD_URL",
        "docker://web?path=/data&database-url-env=PROD_URL",
        "ssh://deploy@host:22",
        "ssh://deploy@[::1]:22",
        "image://registry:5000/team/app@sha256:0123",
        "kubernetes://namespace/deploy/web",
        "exec:ssh -p 22 deploy@host python3 -",
        "docker://web?name=a:b&path=/srv/@data",
    ],
)
def test_a_place_is_not_taken_for_a_secret(word: str) -> None:
    refuse_credentials(["snapshot", word])
