import json
from pathlib import Path

from shard import ARTICLES, file_of

shards: dict[Path, dict[str, int]] = {file_of(str(number)): {} for number in range(500)}
for number, article in enumerate(ARTICLES):
    shards.setdefault(file_of(article), {})[article] = number
for file, held in shards.items():
    file.write_text(json.dumps(held))
