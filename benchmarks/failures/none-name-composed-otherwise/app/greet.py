import sys
from pathlib import Path

import orjson

TITLES = orjson.loads(Path("titles.json").read_bytes())
for name in orjson.loads(Path(sys.argv[1]).read_bytes()):
    print("Dear", TITLES[name])
