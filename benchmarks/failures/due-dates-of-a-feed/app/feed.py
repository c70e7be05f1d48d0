import json
from datetime import datetime
from pathlib import Path

from jsonschema import Draft202012Validator

ORDER = {
    "type": "object",
    "required": ["number", "due"],
    "properties": {"number": {"type": "integer"}, "due": {"type": "string", "format": "date-time"}},
}
check = Draft202012Validator(ORDER, format_checker=Draft202012Validator.FORMAT_CHECKER)

for order in json.loads(Path("feed.json").read_text()):
    if not check.is_valid(order):
        print("order", order["number"], "goes back to the shop")
        continue
    print("order", order["number"], "is due on", datetime.fromisoformat(order["due"]).date())
