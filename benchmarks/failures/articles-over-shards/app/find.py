import json

from shard import ARTICLES, file_of

for article in ARTICLES:
    print(article, json.loads(file_of(article).read_text())[article])
