import subprocess
import sys


def convert(pages):
    subprocess.run([sys.executable, "raster.py", str(pages)], check=True, timeout=60)


convert(40)
print("converted")
