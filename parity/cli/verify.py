"""parity verify"""

from __future__ import annotations

from typing import Annotated

import typer

ORDER = 32
EXAMPLES = (
    "parity verify profiles/production.json",
    "parity verify profiles/*.json",
)


def run(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Profiles, - for one on standard input.")],
) -> int:
    """Check that files are profiles, whole and unchanged: the format, and the digest over what they hold.

    A line for each, and exit 2 where one is not. The digest shows damage; it is no signature.
    """
    from parity.output import tell, write

    checked = [_checked(name) for name in files]
    write("-", "".join(f"{line}\n" for _, line in checked))
    bad = sum(not good for good, _ in checked)
    if bad:
        tell(f"parity: {bad} of {len(files)} cannot be taken for a profile")
    return 2 if bad else 0


def _checked(name: str) -> tuple[bool, str]:
    """(whether it is a profile, the line about it)."""
    from parity.errors import ParityError
    from parity.profile.load import load
    from parity.report.values import target
    from parity.text import safe

    try:
        profile = load(name)
    except ParityError as error:
        # The line begins with the name, where the message ends with it.
        origin = "standard input" if name == "-" else safe(name)
        why = str(error).removesuffix(f" ({origin})").removesuffix(f": {origin}")
        return False, f"{safe(name)}: {why}"
    taken = f"{profile.captured_at[:16].replace('T', ' ')} UTC"
    return True, f"{safe(name)}: ok, {safe(profile.name)} ({safe(target(profile.target))}), taken {taken}"
