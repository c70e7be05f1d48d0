"""The bytes of an image, or of a container's files, as the engine streams them; nothing is made or changed by that.

Docker Engine API: "Export an image" (GET /images/NAME/get), "Export a container" (GET /containers/ID/export).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from parity.archive.stream import CHUNK, Pipe
from parity.engine.connect import engine_errors
from parity.errors import Incomplete

if TYPE_CHECKING:
    from docker.api.client import APIClient


@contextmanager
def saved(client: APIClient, image: str, what: str, deadline: float) -> Iterator[Pipe]:
    """An image, as `docker save` writes it. `what` is a safe name for errors, `deadline` is `time.monotonic()`'s."""
    with _streamed(client, f"/images/{quote(image, safe='')}/get", what, deadline) as pipe:
        yield pipe


@contextmanager
def exported(client: APIClient, container: str, what: str, deadline: float) -> Iterator[Pipe]:
    """The files of a container, whatever state it is in, without what is mounted into it."""
    with _streamed(client, f"/containers/{quote(container, safe='')}/export", what, deadline) as pipe:
        yield pipe


@contextmanager
def _streamed(client: APIClient, path: str, what: str, deadline: float) -> Iterator[Pipe]:
    from docker.errors import create_api_error_from_http_exception
    from requests.exceptions import HTTPError

    url = f"{client.base_url}/v{client.api_version}{path}"
    left = max(1.0, deadline - time.monotonic())
    with engine_errors(what):
        response = client.get(url, stream=True, timeout=left)
        try:
            response.raise_for_status()
        except HTTPError as error:
            create_api_error_from_http_exception(error)
    try:
        yield Pipe(_chunks(response.raw), deadline)
    finally:
        response.close()


def _chunks(raw: Any) -> Iterator[bytes]:
    """What an answer holds. The client library's own iterator takes twice the time over it."""
    from urllib3.exceptions import HTTPError, ReadTimeoutError

    try:
        while chunk := raw.read(CHUNK):
            yield chunk
    except ReadTimeoutError:
        raise Incomplete("the Docker Engine did not answer in time", hint="--timeout S allows more") from None
    except (HTTPError, OSError) as error:
        raise Incomplete(f"the answer of the Docker Engine was cut off ({type(error).__name__})") from None
