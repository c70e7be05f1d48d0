import json
import subprocess
import sys

told = subprocess.run([sys.executable, "helper.py"], capture_output=True, text=True, check=True).stdout
print(json.loads(told)["count"])
