"""The sections as a whole profile, for a person who ran the script by hand.

Floor: Python 3.8, standard library only. The format is parity/profile/schema.json's; the digest is
computed as parity/profile/document.py does, and a test holds the two together.
"""

import hashlib
import json
import time

SCHEMA = "1.0.1"


def profile(sections):
    """A profile document, {...}, ready to be written as JSON. `sections`: {name: envelope}."""
    document = {
        "schema": SCHEMA,
        "tool": "parity probe",
        "name": "by-hand",
        "captured_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "target": {"kind": "probe", "reference": "by-hand"},
        "identity": {},
        "sections": sections,
    }
    document["integrity"] = "sha256:" + hashlib.sha256(canonical(document)).hexdigest()
    return document


def canonical(document):
    """The bytes that the digest covers: everything but `integrity` and each section's `volatile`."""
    sections = {}
    for name, section in document["sections"].items():
        sections[name] = {key: value for key, value in section.items() if key != "volatile"}
    covered = {key: value for key, value in document.items() if key != "integrity"}
    covered["sections"] = sections
    return json.dumps(covered, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode("ascii")
