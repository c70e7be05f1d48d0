import sys

import requests

import supplier

with supplier.running() as address:
    answer = requests.get(f"{address}/{sys.argv[1]}", timeout=5)
    print(len(answer.json()), "articles")
