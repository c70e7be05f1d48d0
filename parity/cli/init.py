"""parity init"""

from __future__ import annotations

from typing import Annotated

import typer

ORDER = 50
EXAMPLES = (
    "parity init github",
    "parity init gitlab --target ssh://web.internal",
    "parity init pre-commit -o -",
    "parity init kubernetes --target kubernetes://default/deployment/web",
    "parity init shell --force",
)


def _complete(incomplete: str) -> list[tuple[str, str]]:
    from parity.templates import templates

    return [(name, one.summary) for name, one in templates().items() if name.startswith(incomplete)]


def run(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="github, gitlab, kubernetes, pre-commit or shell.", autocompletion=_complete
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="By default its usual place; - for standard output."),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            "--target", metavar="TARGET", help="What production is; without it nothing takes a snapshot of it."
        ),
    ] = None,
    production: Annotated[
        str, typer.Option("--production", metavar="FILE", help="Where the profile of production is committed.")
    ] = "profiles/production.json",
    install: Annotated[
        str | None,
        typer.Option("--install", metavar="SPEC", help="What pip installs parity from; by default where it came from."),
    ] = None,
    image: Annotated[
        str | None, typer.Option("--image", metavar="IMAGE", help="Of a Job: the image that holds parity and kubectl.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> int:
    """Write what runs parity where releases are decided: a workflow, a job, a hook or a script.

    It is written to its usual place from the working directory, and never over a file that is there.
    """
    from parity import __version__
    from parity.cli._new_templates import checked, installation, namespace, put
    from parity.errors import UsageError
    from parity.output import tell
    from parity.templates import templates
    from parity.text import safe

    template = templates().get(kind)
    if template is None:
        raise UsageError(f"there is no template {safe(kind)!r}", hint="templates: " + ", ".join(templates()))
    if image is not None and kind != "kubernetes":
        raise UsageError("--image goes with kubernetes alone")
    needed = template.installs or (kind == "kubernetes" and image is None)
    words = {
        "install": "" if install is None else checked("--install", install),
        "target": checked("--target", target) if target is not None else "",
        "production": checked("--production", production),
    }
    words["install"] = words["install"] or installation(kind, needed=needed)
    if kind == "kubernetes":
        words["target"] = words["target"] or "kubernetes://default/deployment/web"
        words["namespace"] = namespace(words["target"])
        words["image"] = checked("--image", image or f"parity:{__version__}")
    text = template.text(**words)
    place = output or template.place
    put(place, text, program=template.program, force=force)
    if place != "-":
        tell(f"wrote {safe(place)}: {template.next}")
    return 0
