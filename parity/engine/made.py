"""How a container is made, as the engine's record of it and of its image tells: the `container` section.

Docker Engine API: "Inspect a container" and "Inspect an image"; OCI Image Configuration for what an image says.
Programs are kept by their file's name, and nothing of arguments, labels, variables or addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from parity.engine import ended
from parity.profile import Section, Status
from parity.profile.model import Item
from parity.text import safe

DIGEST = re.compile(r"sha256:[0-9a-f]{64}")

_NO_IMAGE = "its image is not there any more"
_OF_IMAGE = ("created", "digest", "platform")

_NETWORKS = {"": "bridge", "default": "bridge", "bridge": "bridge", "host": "host", "none": "none", "nat": "bridge"}
_PROGRAM = re.compile(r"[A-Za-z0-9_.+][A-Za-z0-9_.+-]{0,63}")
_PATH = re.compile(r"[A-Za-z0-9_.+/-]{1,512}")
_STARTED = re.compile(
    r"(?:python|pypy)[0-9.]*t?|(?:ba|da|a)?sh|airflow|alembic|celery|circusd|dagster|daphne|django-admin|dramatiq"
    r"|fastapi|flask|flower|granian|gunicorn|honcho|huey_consumer|hypercorn|jupyter|manage\.py|pipenv|poetry|prefect"
    r"|rq|streamlit|supervisord|uvicorn|uv|uwsgi|waitress-serve"
)
"""Programs that an entrypoint is given to start; any other first word of a command may be an argument."""
_USER = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]{0,63}(?::[A-Za-z0-9_.-]{1,64})?")
_PORT = re.compile(r"[0-9]{1,5}(?:-[0-9]{1,5})?/(?:tcp|udp|sctp)")
_WORD = re.compile(r"[a-z0-9_.-]{1,32}")
_CAPABILITY = re.compile(r"[A-Z0-9_]{1,40}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")


def of_container(container: Mapping[str, Any], image: Mapping[str, Any] | None) -> Section:
    """The section of a container. `image` is the engine's record of its image, None where that is gone."""
    config, host = container["Config"], container.get("HostConfig") or {}
    items: dict[str, Item] = {
        **of_settings(config),
        "restart_policy": word((host.get("RestartPolicy") or {}).get("Name") or "no"),
        "network_mode": _network(str(host.get("NetworkMode") or "")),
        "published_ports": {"ports": ports(_published(config, host))},
        "capabilities_added": {"names": capabilities(host.get("CapAdd"))},
        "capabilities_dropped": {"names": capabilities(host.get("CapDrop"))},
        "privileged": bool(host.get("Privileged")),
        "read_only_root": bool(host.get("ReadonlyRootfs")),
        # None: as the engine itself is set up, which is without one unless somebody has changed it.
        "init": bool(host.get("Init")),
    }
    name = reference(config.get("Image"))
    if name is not None:
        items["image"] = name
    if image is None:
        section = Section(Status.PARTIAL, _NO_IMAGE, items, hidden=_OF_IMAGE)
    else:
        section = Section(Status.OK, items={**items, **of_image(image, name or "")})
    told = ended.words(container)
    return replace(section, volatile=ended.facts(container), notes=(told,) if told else ())


def declared(settings: Mapping[str, Any], more: Mapping[str, Item], reason: str) -> Section:
    """What an image says of the containers that are made from it; each may be made otherwise."""
    return Section(Status.PARTIAL, reason, {**of_settings(settings), **more}, hidden=("*",))


def of_settings(settings: Mapping[str, Any]) -> dict[str, Item]:
    """What a container's or an image's `config` says: user, programs, health check."""
    user, entrypoint, command = (settings.get(name) for name in ("User", "Entrypoint", "Cmd"))
    items: dict[str, Item] = {"healthcheck": _checked(settings.get("Healthcheck"))}
    if not user:
        items["user"] = None
    elif isinstance(user, str) and _USER.fullmatch(user):
        items["user"] = user
    items["entrypoint"] = program(entrypoint)
    started = program(command)
    if not entrypoint or (started and _STARTED.fullmatch(started)):
        items["command"] = started
    return items


def of_image(image: Mapping[str, Any], name: str) -> dict[str, Item]:
    """What the engine's record of an image tells, `name` being what it is asked for by."""
    built = {key.lower(): image.get(key) for key in ("Created", "Os", "Architecture", "Variant")}
    digest = repository_digest(image.get("RepoDigests"), name)
    return {**of_build(built), **({"digest": digest} if digest else {})}


def of_build(configuration: Mapping[str, Any]) -> dict[str, Item]:
    """When an image was built and what for, by its configuration."""
    items: dict[str, Item] = {}
    moment = _MOMENT.match(str(configuration.get("created")))
    if moment:
        items["created"] = f"{moment[0]}Z"
    parts = [configuration.get(key) for key in ("os", "architecture", "variant")]
    if all(parts[:2]):
        items["platform"] = "/".join(word(part) or "unknown" for part in parts if part)
    return items


def reference(text: object) -> str | None:
    """An image's name as it may be recorded: what stands before an @ of no digest may be somebody's password."""
    if not isinstance(text, str) or not text:
        return None
    name, mark, digest = text.rpartition("@")
    if mark and not DIGEST.fullmatch(digest):
        name = digest
    elif mark:
        name = f"{name.rpartition('@')[2]}@{digest}"
    else:
        name = text
    return safe(name.rpartition("://")[2])[:512]


def repository_digest(digests: object, name: str) -> str | None:
    """The digest that a registry calls the image by, of the repository that was asked for if it has several."""
    found = [str(entry).rpartition("@") for entry in digests] if isinstance(digests, list) else []
    found.sort(key=lambda entry: not name.startswith(entry[0]))
    return found[0][2] if found and DIGEST.fullmatch(found[0][2]) else None


def program(words: object) -> str | None:
    """The file's name of the first word of a command line, None where there is none or it cannot be a program."""
    first = words[0] if isinstance(words, list) and words else None
    if not isinstance(first, str) or not _PATH.fullmatch(first):
        return None
    name = PurePosixPath(first).name
    return name if _PROGRAM.fullmatch(name) else None


def ports(words: Iterable[object]) -> tuple[str, ...]:
    """Those that are ports, sorted by number."""
    found = {one for one in map(str, words) if _PORT.fullmatch(one)}
    return tuple(sorted(found, key=lambda one: (int(re.split("[-/]", one)[0]), one)))


def capabilities(words: object) -> tuple[str, ...]:
    """Names of capabilities without what engines may put before them, sorted."""
    names = {str(one).upper().removeprefix("CAP_") for one in words} if isinstance(words, list) else set()
    return tuple(sorted(one for one in names if _CAPABILITY.fullmatch(one)))


def word(value: object) -> str | None:
    """A word of the engine's own, None for what is none."""
    text = str(value)
    return text if _WORD.fullmatch(text) else None


def _checked(healthcheck: object) -> bool:
    test = healthcheck.get("Test") if isinstance(healthcheck, Mapping) else None
    return bool(test) and test != ["NONE"]


def _network(mode: str) -> str:
    if mode.startswith(("container:", "ns:")):
        return "container"
    return _NETWORKS.get(mode, "user-defined")


def _published(config: Mapping[str, Any], host: Mapping[str, Any]) -> list[str]:
    bound = [port for port, bindings in (host.get("PortBindings") or {}).items() if bindings]
    return [*bound, *(config.get("ExposedPorts") or ())] if host.get("PublishAllPorts") else bound
