from flask import Flask, request

app = Flask(__name__)


@app.post("/customers")
def register():
    customer = request.get_json()
    return {"name": customer["name"], "country": customer["vat_id"][:2]}
