import os
from pathlib import Path

written = Path("/srv/work/report.csv")
written.write_text("article,sold\nbolt-m8,12\n")
os.rename(written, "/srv/outbox/report.csv")
print("report handed over")
