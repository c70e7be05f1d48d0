#!/usr/bin/env python3
import os
import shutil
import subprocess
import sys

REQUIRED = ("BACKUP_BUCKET", "BACKUP_KEY")

missing = [name for name in REQUIRED if not os.environ.get(name)]  #= required BACKUP_BUCKET, required BACKUP_KEY
if missing:
    sys.exit("missing: " + ", ".join(missing))
if shutil.which("pg_dump") is None:  #= program pg_dump
    sys.exit("no pg_dump")
subprocess.run(["pg_dump", os.environ["DATABASE_URL"]], check=True)  #= program pg_dump, required DATABASE_URL
