import subprocess
import tempfile
from pathlib import Path

ORDERED = ["Kettle", "Zester", "apron", "bowl"]
SHIPPED = ["Kettle", "apron"]

with tempfile.TemporaryDirectory() as directory:
    ordered, shipped = Path(directory, "ordered"), Path(directory, "shipped")
    for path, names in ((ordered, ORDERED), (shipped, SHIPPED)):
        path.write_text("".join(f"{name}\n" for name in sorted(names)))
    missing = subprocess.run(["comm", "-23", ordered, shipped], stdout=subprocess.PIPE, text=True, check=True)
    print(missing.stdout.split())
