import orjson

print(orjson.dumps({"order": 1017, "total": 12.5}).decode())
