import subprocess
from pathlib import Path

SCRIPT = Path(__file__).with_name("convert.sh")
print(subprocess.run([SCRIPT, "orders.csv"], capture_output=True, text=True, check=True).stdout)
