from datetime import datetime
from zoneinfo import ZoneInfo

SHOPS = {"Berlin": "Europe/Berlin", "San Jose": "US/Pacific"}

for shop, zone in SHOPS.items():
    print(shop, datetime(2024, 11, 5, 9, tzinfo=ZoneInfo(zone)).isoformat())
