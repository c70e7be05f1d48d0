import subprocess
import sys
from pathlib import Path

spool = Path("/var/spool/shop")
spool.mkdir(exist_ok=True)
job = spool / "job-1017"
job.write_text("print 2 labels")
# The printer's daemon has a user of its own.
subprocess.run([sys.executable, "printer.py", job], user=65534, check=True)
