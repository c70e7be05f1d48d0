from datetime import datetime

from dateutil import parser

GATES = {8: "north", 12: "south", 16: "west"}

for told in ("2024-07-01T10:00:00Z", "2024-07-01T14:00:00Z"):
    moment: datetime = parser.isoparse(told)
    print(GATES[moment.astimezone().hour])
