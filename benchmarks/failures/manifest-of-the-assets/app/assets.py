import json
from pathlib import Path

STATIC = Path(__file__).parent / "static"

manifest = json.loads((STATIC / "manifest.json").read_text())
print("/static/" + manifest["shop.css"])
