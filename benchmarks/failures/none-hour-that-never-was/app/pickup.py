import sys
from datetime import datetime

import pytz

asked = datetime.strptime(sys.argv[1], "%Y-%m-%d %H:%M")
print(pytz.timezone("Europe/Berlin").localize(asked, is_dst=None).astimezone(pytz.utc))
