import sys
from pathlib import Path

attachment = Path("/srv/uploads", f"{sys.argv[1]}.pdf").read_bytes()
print("sending", len(attachment), "bytes")
