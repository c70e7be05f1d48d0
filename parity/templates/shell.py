"""A plain shell: the steps around a deploy."""

from __future__ import annotations

SUMMARY = "the steps around a deploy, in a shell"
PLACE = "deploy/parity.sh"
NEXT = "start it with 'gate' before a deploy and with 'snapshot' after it"
