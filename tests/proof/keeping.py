"""Where secrets are kept: variables, files of a home and of a project, distributions, a system's files, a log."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.canary import Canary


def variables(canary: Canary) -> dict[str, str]:
    """An environment as programs are given it, by name and value."""
    secret, word = canary.secret, canary.word
    return {
        "APP_TOKEN": secret,
        "APP_KEY": canary.multiline,
        "SHOP_GATEWAY": secret,
        "SHOP_TOKEN": word,
        "AWS_SECRET_ACCESS_KEY": word,
        "DATABASE_URL": f"postgresql://app:{word}@127.0.0.1:1/{word}",
        "PGPASSWORD": word,
        "PGOPTIONS": f"-c app.key={word}",
        "PIP_INDEX_URL": f"https://user:{word}@127.0.0.1:1/{word}/simple?token={word}",
        "UV_INDEX_URL": f"https://{word}@127.0.0.1:1/simple",
        "HTTPS_PROXY": f"http://user:{word}@127.0.0.1:1",
        "spring.datasource.url": f"jdbc:postgresql://host/?password={word}",
        "a b": secret,
        "\x1b[2J": secret,
        f"no name {word}": "1",
        "BASH_FUNC_deploy%%": f"() {{ curl -H 'Authorization: {word}'; }}",
        "PYTHONPATH": f"/srv/{word}:/nowhere",
        "PYTHONSTARTUP": f"/srv/{word}.py",
        "PYTHONWARNINGS": f"ignore:{word}",
        "LD_LIBRARY_PATH": f"/srv/{word}",
        "LANG": word,
        "LC_TIME": f"de_DE.{word}",
        "LC_NUMERIC": f"de_DE.UTF-8@{word}",
        "TZ": f"<{word}>3",
        "TZDIR": f"/srv/{word}",
        "LOCPATH": f"/srv/{word}",
        "OPENSSL_CONF": f"/srv/{word}.cnf",
        "SSL_CERT_FILE": f"/srv/{word}.pem",
        "SSL_CERT_DIR": f"/etc/{word}:/srv/{word}",
        "GUNICORN_CMD_ARGS": f"--workers 2 --certfile {word}",
        "WEB_CONCURRENCY": word,
        "EMPTY": "",
    }


def distributions(canary: Canary) -> Iterator[tuple[str, str]]:
    """(path below site-packages, content): what installers leave behind, with a secret wherever one can stand."""
    word = canary.word
    urls = {
        "userinfo": {"url": f"https://user:{word}@host/dist-1.0.tar.gz", "archive_info": {"hash": f"sha256={word}"}},
        "presigned": {"url": f"https://host/{word}/dist-1.0.zip?X-Amz-Signature={word}", "archive_info": {}},
        "fragment": {"url": f"https://host/dist-1.0.zip#token={word}", "archive_info": {}},
        "slash": {"url": f"https://user:pa/{word}@host/dist-1.0.zip", "archive_info": {}},
        "vcs": {
            "url": f"https://oauth2:{word}@git.invalid/{word}/dist.git",
            "vcs_info": {"vcs": "git", "commit_id": "0" * 40, "requested_revision": word},
        },
        "ssh": {"url": f"ssh://git:{word}@git.invalid/dist", "vcs_info": {"vcs": "git", "commit_id": word}},
        "folder": {"url": f"file:///home/{word}/dist", "dir_info": {"editable": True}},
        "odd": {"url": f"://{word}@@{word}", "dir_info": word, "subdirectory": word},
    }
    for name, document in urls.items():
        place = f"{name}_dist-1.0.dist-info"
        requires = (
            f"Requires-Dist: other @ https://user:{word}@host/other.zip?token={word}#egg={word}\n"
            f'Requires-Dist: more @ git+https://{word}@host/more.git ; extra == "{name}"\n'
        )
        header = f"Metadata-Version: 2.1\nName: {name}-dist\nVersion: 1.0\nAuthor: {word}\nProject-URL: Token, {word}\n"
        yield f"{place}/METADATA", f"{header}Home-page: https://user:{word}@host/\n{requires}\n{word}\n"
        yield f"{place}/direct_url.json", json.dumps(document)
        yield f"{place}/RECORD", f"{name}_dist/__init__.py,sha256={word},0\n{place}/METADATA,,\n"
        yield f"{place}/entry_points.txt", f"[console_scripts]\nrun = {name}:main  # {word}\n"
        yield f"{place}/uv_cache.json", json.dumps({"token": word})
    yield "deploy.pth", f"import os; os.environ['TOKEN'] = '{word}'\n/srv/{word}\n"


def files(canary: Canary) -> dict[str, str]:
    """What lies about in a home directory and in a project."""
    word = canary.word
    return {
        ".env": f"DECLARED={word}\nexport QUOTED='{word} {word}'\nPLAIN={canary.secret}\n"
        f'MULTI="{canary.multiline}"\n{word}\n= {word}\n',
        ".netrc": f"machine host login user password {word}\n",
        ".pgpass": f"*:*:*:*:{word}\n",
        ".pg_service.conf": f"[app]\npassword={word}\n",
        ".git/config": f'[remote "origin"]\nurl = https://user:{word}@host/app.git\n',
        ".docker/config.json": json.dumps({"auths": {"registry.invalid": {"auth": word}}}),
        ".config/pip/pip.conf": f"[global]\nindex-url = https://user:{word}@host/simple\n",
        ".config/uv/uv.toml": f'[[index]]\nurl = "https://user:{word}@host/simple"\n',
        "uv.lock": f'source = {{ registry = "https://user:{word}@host/simple" }}\n',
        "shop/__init__.py": "",
        "shop/pay.py": f"""import os\n\nTOKEN = '{word}'\n\n
def charge(token="{word}"):
    return os.environ["SHOP_GATEWAY"], connect("postgresql://app:{word}@db/shop", password="{word}"), "{word}"\n""",
        "config.json": json.dumps({"token": word, "url": f"https://user:{word}@host/"}),
        "settings.toml": f"token = '{word}'\n",
        f"secrets-{word}.json": "{}",
        f"{word}.pem": word,
        "Dockerfile": f"FROM python:3.11\nENV TOKEN={word}\nCMD curl -u app:{word} http://localhost\n",
        "docker-compose.yml": f"services:\n  web:\n    image: shop\n    environment:\n      SHOP_TOKEN: {word}\n",
    }


def of_system(canary: Canary) -> dict[str, str]:
    """What lies about below /etc, where its files may be read."""
    word = canary.word
    return {
        "ssl/openssl.cnf": "openssl_conf = init\n[init]\nssl_conf = ssl\nproviders = all\n"
        f"[all]\n{word} = one\ndefault = one\n[one]\nactivate = 1\npin = {word}\n"
        f"[ssl]\nsystem_default = tls\n[tls]\nCipherString = ALL:{word}\nMinProtocol = {word}\n",
        "nsswitch.conf": f"hosts: files {word} [{word}=return] dns # {word}\n",
        "timezone": f"{word}\n",
    }


def log(canary: Canary) -> str:
    """What a program that fails writes, with the secret in every way in which libraries and people write one."""
    word = canary.word
    failures = (
        f'psycopg.ProgrammingError: missing "=" after "{word}" in connection info string',
        f'psycopg.OperationalError: failed to resolve host "{word}@db": Name or service not known',
        f"subprocess.CalledProcessError: Command '['psql', '--password', '{word}']' returned non-zero exit status 2.",
        f"sqlalchemy.exc.ArgumentError: Could not parse SQLAlchemy URL from given URL string '{word}'",
        f"requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://api.invalid/pay?token={word}",
        f"ValueError: invalid literal for int() with base 10: '{word}'",
        f"openai.AuthenticationError: Incorrect API key provided: {word}.",
        "KeyError: 'SHOP_GATEWAY'",
    )
    trace = f"""Traceback (most recent call last):
  File "/app/shop/pay.py", line 7, in charge
    return os.environ["SHOP_GATEWAY"], connect("postgresql://app:{word}@db/shop", password="{word}")
"""
    around = (
        f"INFO:root:connecting to postgresql://app:{word}@db/shop\n"
        f"INFO:root:environ({{'HOME': '/', 'APP_TOKEN': '{word}'}})\n"
        f"DEBUG:http:Authorization: Bearer {word}\n"
    )
    return "".join(f"{around}{trace}{failure}\n" for failure in failures)
