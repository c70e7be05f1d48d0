import tempfile
from pathlib import Path

with tempfile.NamedTemporaryFile(dir="/srv/inbox", suffix=".tif") as scan:
    scan.write(b"II*")
    scan.flush()
    print(Path(scan.name).stat().st_size)
