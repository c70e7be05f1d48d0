import sys
from datetime import datetime

from dateutil.parser import parse
from flask import Flask, request

app = Flask(__name__)


@app.post("/orders")
def order():
    placed = parse(request.get_json()["placed"])
    return {"late": placed < datetime.now()}


answer = app.test_client().post("/orders", json={"placed": sys.argv[1]})
print(answer.status_code, answer.json)
sys.exit(answer.status_code != 200)
