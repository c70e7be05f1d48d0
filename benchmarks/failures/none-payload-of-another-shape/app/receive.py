import json
import sys

import jsonschema

ORDER = {"type": "object", "required": ["sku"], "properties": {"quantity": {"type": "integer"}}}

with open(sys.argv[1]) as stream:
    order = json.load(stream)
jsonschema.validate(order, ORDER)
print("received", order["sku"])
