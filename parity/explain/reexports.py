"""What distributions hand on of others: an import from one that is another's object, and changes with that one.

Read from the imports of their own modules and what their documentation tells to take from there.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

_GITHUB = "https://github.com/"
_REEXPORTS = (
    ("requests.packages.urllib3*", "urllib3", f"{_GITHUB}psf/requests/blob/main/src/requests/packages.py"),
    ("requests.packages.idna*", "idna", f"{_GITHUB}psf/requests/blob/main/src/requests/packages.py"),
    ("requests.packages.chardet*", "chardet", f"{_GITHUB}psf/requests/blob/main/src/requests/packages.py"),
    ("requests.adapters.Retry", "urllib3", f"{_GITHUB}psf/requests/blob/main/src/requests/adapters.py"),
    ("requests.adapters.PoolManager", "urllib3", f"{_GITHUB}psf/requests/blob/main/src/requests/adapters.py"),
    ("requests.adapters.TimeoutSauce", "urllib3", f"{_GITHUB}psf/requests/blob/main/src/requests/adapters.py"),
    ("requests.adapters.proxy_from_url", "urllib3", f"{_GITHUB}psf/requests/blob/main/src/requests/adapters.py"),
    ("botocore.httpsession.PoolManager", "urllib3", f"{_GITHUB}boto/botocore/blob/develop/botocore/httpsession.py"),
    ("botocore.httpsession.Timeout", "urllib3", f"{_GITHUB}boto/botocore/blob/develop/botocore/httpsession.py"),
    ("flask.escape", "markupsafe", "https://flask.palletsprojects.com/en/stable/changes/#version-2-3-0"),
    ("flask.Markup", "markupsafe", "https://flask.palletsprojects.com/en/stable/changes/#version-2-3-0"),
    ("flask.safe_join", "werkzeug", "https://flask.palletsprojects.com/en/stable/changes/#version-2-1-0"),
    ("jinja2.Markup", "markupsafe", "https://jinja.palletsprojects.com/en/stable/changes/#version-3-1-0"),
    ("jinja2.escape", "markupsafe", "https://jinja.palletsprojects.com/en/stable/changes/#version-3-1-0"),
    ("fastapi.Request", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/requests.py"),
    ("fastapi.Response", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/responses.py"),
    ("fastapi.WebSocket*", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/websockets.py"),
    ("fastapi.responses.*", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/responses.py"),
    ("fastapi.requests.*", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/requests.py"),
    ("fastapi.middleware.*", "starlette", f"{_GITHUB}fastapi/fastapi/tree/master/fastapi/middleware"),
    ("fastapi.staticfiles.*", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/staticfiles.py"),
    ("fastapi.templating.*", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/templating.py"),
    ("fastapi.testclient.*", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/testclient.py"),
    ("fastapi.websockets.*", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/websockets.py"),
    ("fastapi.concurrency.*", "starlette", f"{_GITHUB}fastapi/fastapi/blob/master/fastapi/concurrency.py"),
    ("typer.Abort", "click", f"{_GITHUB}fastapi/typer/blob/master/typer/__init__.py"),
    ("typer.Exit", "click", f"{_GITHUB}fastapi/typer/blob/master/typer/__init__.py"),
    ("typer.confirm", "click", f"{_GITHUB}fastapi/typer/blob/master/typer/__init__.py"),
    ("typer.echo", "click", f"{_GITHUB}fastapi/typer/blob/master/typer/__init__.py"),
    ("typer.prompt", "click", f"{_GITHUB}fastapi/typer/blob/master/typer/__init__.py"),
    ("typer.progressbar", "click", f"{_GITHUB}fastapi/typer/blob/master/typer/__init__.py"),
    ("typer.style", "click", f"{_GITHUB}fastapi/typer/blob/master/typer/__init__.py"),
    ("celery.app.amqp.Queue", "kombu", f"{_GITHUB}celery/celery/blob/main/celery/app/amqp.py"),
    ("celery.app.amqp.Exchange", "kombu", f"{_GITHUB}celery/celery/blob/main/celery/app/amqp.py"),
    ("pydantic.ValidationError", "pydantic-core", f"{_GITHUB}pydantic/pydantic/blob/main/pydantic/__init__.py"),
    ("aiohttp.client.URL", "yarl", f"{_GITHUB}aio-libs/aiohttp/blob/master/aiohttp/client.py"),
    ("aiohttp.typedefs.URL", "yarl", f"{_GITHUB}aio-libs/aiohttp/blob/master/aiohttp/typedefs.py"),
    ("aiohttp.client.CIMultiDict*", "multidict", f"{_GITHUB}aio-libs/aiohttp/blob/master/aiohttp/client.py"),
    ("pkg_resources.packaging*", "packaging", "https://setuptools.pypa.io/en/latest/history.html"),
)  # fmt: skip
"""(what is imported, dotted, a pattern (fnmatch); whose it is; a page that shows it)."""


def owner(imported: str) -> tuple[str, str] | None:
    """(distribution, source) of what is imported from another one; None where nothing is known to be handed on."""
    return next(((whose, source) for name, whose, source in _REEXPORTS if fnmatchcase(imported, name)), None)
