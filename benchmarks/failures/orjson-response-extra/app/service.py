from fastapi import FastAPI
from fastapi.responses import ORJSONResponse

app = FastAPI()


@app.get("/health")
def health():
    return "ok"


@app.get("/stock")
def stock():
    return ORJSONResponse({"A-17": 4, "B-02": 0})
