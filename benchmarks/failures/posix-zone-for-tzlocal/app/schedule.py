from datetime import datetime

from tzlocal import get_localzone


def tomorrow_at(hour):
    return datetime.now(get_localzone()).replace(hour=hour, minute=0)


print("next run at", tomorrow_at(6).strftime("%H:%M"))
