import json

with open("rates/current.json") as stream:
    print(json.load(stream)["EUR"])
