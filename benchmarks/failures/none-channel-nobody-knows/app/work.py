import sys

from celery import Celery

app = Celery("work", broker="memory://", backend="cache+memory://")
app.conf.update(task_always_eager=True, task_eager_propagates=True)
FEES = {"WEB_SHOP": 0.0, "TELEPHONE": 1.5}


@app.task
def charge(channel: str, net: float) -> float:
    return net + FEES[channel]


print(charge.delay(sys.argv[1], 12.5).get())
