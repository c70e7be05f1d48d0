from datetime import time

from babel.dates import format_time
from jinja2 import Template

CARD = Template("{% for clock, half in slots %}{{ clock }}<small>{{ half }}</small> {% endfor %}")
told = [format_time(time(hour, 30), "short", locale="en_US") for hour in (9, 11, 14)]
slots = []
for one in told:
    clock, half = one.split(" ")
    slots.append((clock, half.lower()))
print(CARD.render(slots=slots))
