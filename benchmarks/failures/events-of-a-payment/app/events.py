import json
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import handlers

DO = {f"payment.{one.name}": import_module(f"handlers.{one.name}").handle for one in iter_modules(handlers.__path__)}

for event in json.loads(Path("events.json").read_text()):
    DO[event["kind"]](event)
