import subprocess
import tempfile
from pathlib import Path

CONVERTER = "#!/bin/sh\ntr a-z A-Z\n"

with tempfile.TemporaryDirectory() as directory:
    converter = Path(directory, "convert")
    converter.write_text(CONVERTER)
    converter.chmod(0o755)
    print(subprocess.run([converter], input="kettle", capture_output=True, text=True, check=True).stdout)
