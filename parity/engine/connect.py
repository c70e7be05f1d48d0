"""Find the engine and say clearly why it cannot be used.

The endpoint is `DOCKER_HOST`, else the current context of the `docker` command, else the default socket.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from parity.errors import Incomplete, ParityError, TargetError, Unreachable
from parity.text import safe

if TYPE_CHECKING:
    from docker.api.client import APIClient

_START = "is Docker running here? `docker info` tells; DOCKER_HOST names another engine"


def connect(seconds: float) -> APIClient:
    """A client whose every call answers within `seconds`. Raises Unreachable with what to do."""
    from docker.api.client import APIClient

    with engine_errors():
        return APIClient(version="auto", timeout=max(1, round(seconds)), **_endpoint())


def _endpoint() -> dict[str, Any]:
    from docker.utils import kwargs_from_env

    if os.environ.get("DOCKER_HOST"):
        return dict(kwargs_from_env())
    from docker.context import ContextAPI

    context = ContextAPI.get_current_context()
    if context is None or context.name == "default":
        return {}
    return {"base_url": context.Host, "tls": context.TLSConfig or False}


@contextmanager
def engine_errors(what: str = "the container", hint: str = "`docker ps --all` lists the containers") -> Iterator[None]:
    """Turn what the client library raises into the error that says what to do. `what` is already safe.

    `hint` is what to do where there is none of it.
    """
    from docker.errors import APIError, DockerException, NotFound
    from requests.exceptions import ConnectionError as NoConnection
    from requests.exceptions import ReadTimeout, Timeout

    try:
        yield
    except ParityError:
        raise
    except NotFound as error:
        raise Unreachable(f"there is no {what}", hint=hint) from error
    except (ReadTimeout, Timeout, TimeoutError) as error:
        raise _silent() from error
    except APIError as error:
        raise _refused(error, what) from error
    except (NoConnection, DockerException, OSError) as error:
        raise _no_engine(error) from error


def _refused(error: Any, what: str) -> ParityError:
    text = str(error.explanation or "")
    if "is too new" in text or "is too old" in text:
        return Unreachable(
            "the Docker Engine speaks another API version", hint="unset DOCKER_API_VERSION, or update Docker"
        )
    if "is not running" in text or "is paused" in text or "is restarting" in text:
        return Unreachable(f"{what} is not running", hint="`docker ps --all` shows its state")
    return Unreachable(f"the Docker Engine refused: {safe(text)[:200]}")


def _no_engine(error: BaseException) -> ParityError:
    from requests.exceptions import Timeout

    causes = list(_causes(error))
    if any(isinstance(one, (Timeout, TimeoutError)) for one in causes):
        return _silent()
    codes = {one.errno for one in causes if isinstance(one, OSError) and one.errno is not None}
    if codes & {errno.EACCES, errno.EPERM}:
        return Unreachable(
            "no permission to use the Docker Engine's socket", hint="add the user to the docker group, or run as root"
        )
    if errno.ENOENT in codes:
        return Unreachable("no Docker Engine here: its socket does not exist", hint=_START)
    if errno.ECONNREFUSED in codes:
        return Unreachable("the Docker Engine is not running: its socket refuses connections", hint=_START)
    text = str(error)
    if "Invalid bind address" in text or "Invalid host" in text or "Invalid proxy" in text:
        return TargetError("DOCKER_HOST is not a valid endpoint", hint="unix:///path, tcp://host:port or ssh://host")
    return Unreachable(f"the Docker Engine cannot be reached ({type(error).__name__})", hint=_START)


def _silent() -> Incomplete:
    return Incomplete("the Docker Engine did not answer in time", hint="--timeout S allows more")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that the client library has wrapped in it, as cause, context, reason or argument."""
    seen: set[int] = set()
    pending: list[object] = [error]
    while pending:
        one = pending.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            pending += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
