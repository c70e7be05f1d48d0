from celery import Celery

app = Celery("tasks", broker="memory://", backend="cache+memory://")


@app.task
def invoice(number: int) -> str:
    return f"invoice {number}"
