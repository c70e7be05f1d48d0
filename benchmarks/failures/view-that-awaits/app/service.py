import asyncio

from flask import Flask

app = Flask(__name__)
app.testing = True


@app.get("/stock")
async def stock():
    await asyncio.sleep(0)
    return {"bolts": 12}


print(app.test_client().get("/stock").json)
