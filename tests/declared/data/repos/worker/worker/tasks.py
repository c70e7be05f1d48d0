from celery import Celery  #= import celery

from worker.config import BROKER, config

app = Celery("worker", broker=BROKER)
app.config_from_envvar("CELERY_CONFIG_MODULE")  #= required CELERY_CONFIG_MODULE
RETRIES = config("RETRIES", default=3, cast=int)  #= default RETRIES
