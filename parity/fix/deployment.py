"""How production is made and given things: its Dockerfile, compose file, manifest, or its keeper's commands."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import join, quote

from parity.declared.containers.document import Node
from parity.fix.context import Context
from parity.fix.manifest import Yaml
from parity.fix.model import Command, Edit
from parity.fix.words import variable, yaml_scalar


def compose_service(context: Context) -> tuple[Yaml, Node] | None:
    """The compose file and the program's service in it, where production is no cluster."""
    if context.compose is None or context.place.kind == "kubernetes":
        return None
    node = context.compose.service(context.service)
    return (context.compose, node) if node is not None else None


def workload(context: Context) -> tuple[Yaml, Node, Node] | None:
    """The manifest, the pod's specification and the program's container in it, where production is no engine's."""
    if context.place.kind in ("docker", "compose", "systemd", "ssh"):
        return None
    found = [(one, *pair) for one in context.manifests if (pair := one.container(context.workload)) is not None]
    return found[0] if len(found) == 1 else None


def there(context: Context, script: str) -> str:
    """A script of the shell as it is run where production runs; pasted here it does nothing to this machine.

    Where the target has no way in, HOST stands for its machine: a word that no shell resolves.
    """
    at = context.place
    if at.inside:
        return at.shell(script)
    return script if at.kind == "systemd" else join(["ssh", "HOST", script])


def rebuilt(context: Context) -> Iterator[Command]:
    """The commands after which production runs a changed image; nothing where it is none."""
    dockerfile = context.repository.dockerfile
    service = compose_service(context)
    if service is not None:
        named = [quote(context.service)] if context.service else []
        yield Command(
            " ".join(["docker compose up --detach --build", *named]), "builds the image, and starts it", "production"
        )
    elif dockerfile is not None:
        flag = "" if dockerfile == "Dockerfile" else f"--file {quote(dockerfile)} "
        yield Command(
            f"docker build {flag}--tag IMAGE .", "builds the image to deploy; IMAGE as you call it", "repository"
        )


def constant(context: Context, name: str, value: str) -> tuple[list[Edit], list[Command]]:
    """A variable whose value is a recorded fact (a time zone, a locale, a flag): in the image, else by its keeper."""
    name = variable(name)
    edit = context.dockerfile.variable(name, value) if context.dockerfile is not None else None
    if edit is not None:
        return [edit], list(rebuilt(context))
    service, pod = compose_service(context), workload(context)
    if service is not None:
        edit = variable_of_service(*service, name, yaml_scalar(value), f"{name}={value}")
    elif pod is not None:
        edit = variable_of_pod(pod[0], pod[2], (f"name: {name}", f"value: {yaml_scalar(value)}"))
    if edit is not None:
        return [edit], list(restarted(context))
    return [], list(given(context, name, value))


def variable_of_service(file: Yaml, service: Node, name: str, value: str, word: str) -> Edit | None:
    """A variable in a service's environment, be that a mapping or a list of NAME=value."""
    environment = service.get("environment")
    if environment is not None and environment.elements:
        return file.item(service, ("environment",), (yaml_scalar(word),))
    return file.put(service, ("environment", name), value)


def variable_of_pod(file: Yaml, container: Node, block: tuple[str, ...]) -> Edit | None:
    """A variable among those of a container."""
    return file.item(container, ("env",), block)


def restarted(context: Context) -> Iterator[Command]:
    """The command after which production runs with a changed compose file or manifest."""
    if compose_service(context) is not None:
        named = f" {quote(context.service)}" if context.service else ""
        yield Command(f"docker compose up --detach{named}", "starts it with what the file says now", "production")
    elif (pod := workload(context)) is not None:
        yield Command(
            context.place.keeper("apply", "--filename", pod[0].path)
            if context.place.kind == "kubernetes"
            else f"kubectl apply --filename {quote(pod[0].path)}",
            "rolls it out",
            "production",
        )


def given(context: Context, name: str, value: str | None) -> Iterator[Command]:
    """The commands that give production a variable, where no file of the repository does. Without a value, it is asked
    for and stands in no command."""
    at = context.place
    word = quote(f"{name}={value}") if value is not None else f'{name}="${name}"'
    if value is None and at.kind in ("kubernetes", "systemd", "docker"):
        yield Command(f"read -rs {name}", "takes the value from the keyboard, and shows it nowhere", "production")
    if at.kind == "kubernetes" and value is None:
        secret = f"{at.name.rpartition('/')[2]}-{name.lower().replace('_', '-')}"
        yield Command(
            at.keeper("create", "secret", "generic", secret) + f' --from-literal={name}="${name}"',
            "keeps it as a secret",
            "production",
        )
        yield Command(at.keeper("set", "env", at.name, f"--from=secret/{secret}"), "gives it to the pods", "production")
    elif at.kind == "kubernetes":
        yield Command(at.keeper("set", "env", at.name, f"{name}={value}"), "gives it to the pods", "production")
    elif at.kind == "systemd":
        yield Command(
            f"sudo systemctl edit {quote(at.name)}",
            f"opens a file for [Service] and Environment={name}=… (a secret: EnvironmentFile=)",
            "production",
        )
        yield Command(f"sudo systemctl restart {quote(at.name)}", "starts it with the variable", "production")
    elif at.kind == "docker":
        export = "" if value is not None else f"export {name} && "
        flag = f"--env {word}" if value is not None else f"--env {name}"
        yield Command(
            f"{export}docker run {flag} …",
            f"makes the container {quote(at.name)} again with what it was started with, and this",
            "production",
        )
    else:
        yield Command(
            f"export {word if value is not None else f'{name}=…'}",
            "where production's variables are set, before the process starts",
            "production",
        )
