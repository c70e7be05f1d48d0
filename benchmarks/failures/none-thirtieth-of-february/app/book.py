import sys
from datetime import datetime

day = datetime.strptime(sys.argv[1], "%d.%m.%Y")
print("booked for", day.date().isoformat())
