from dataclasses import dataclass

from flask import Flask


@dataclass
class Account:
    discount: int


ACCOUNTS = {1: Account(5), 2: Account(10)}
app = Flask(__name__)


@app.get("/discount/<int:number>")
def discount(number):
    account = ACCOUNTS.get(number)
    return {"discount": account.discount}
