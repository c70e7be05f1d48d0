import json
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

orders = json.loads(Path("orders.json").read_text())
letters = Environment(loader=FileSystemLoader("."), autoescape=True)
print(letters.get_template("letter.html").render(order=orders[sys.argv[1]]))
