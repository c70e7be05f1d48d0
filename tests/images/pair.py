"""Two containers from one image that differ in one known way in each section.

`SEEDED` names the ways; a diff of the two must find each of them and nothing else. What an image can carry is in
pair/Dockerfile, the rest is how the two are started.
"""

from __future__ import annotations

from typing import Any

LOCAL: dict[str, Any] = {
    "command": ["python", "server.py"],
    "environment": {"HOME": "/nonexistent", "APP_QUEUE_URL": "queue"},
    "named_volumes": {"data": {"bind": "/data", "mode": "rw"}},
}
# HOME is nowhere on either side: on a read-only root it could not be written, and that is another section's way.
PRODUCTION: dict[str, Any] = {
    "command": ["python", "-O", "server.py"],
    "environment": {"HOME": "/nonexistent"},
    # A new volume takes its owner from the image, unless nothing of the image is copied into it: then it is root's.
    "named_volumes": {"data": {"bind": "/data", "mode": "rw,nocopy"}},
    "read_only": True,
    "security_opt": ["no-new-privileges:true"],
}

SEEDED = {
    "python": "runs with -O",
    "packages": "idna 2.10 where 3.10 works",
    "platform": "VERSION_ID of os-release",
    "system_packages": "netbase is not installed",
    "libraries": "libstdc++.so.6 is gone, which greenlet needs",
    "environment": "APP_QUEUE_URL is not set",
    "process": "no-new-privileges",
    "volumes": "the root file system is read-only, /data belongs to root",
}
