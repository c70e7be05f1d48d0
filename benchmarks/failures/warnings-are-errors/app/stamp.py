from datetime import datetime


def stamp():
    return datetime.utcnow().strftime("%Y%m%dT%H%M%S")


print("batch", stamp()[:4])
