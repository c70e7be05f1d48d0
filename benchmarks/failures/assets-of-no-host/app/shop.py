import os

from flask import Flask

from assets import url

app = Flask(__name__)
app.config.from_mapping({"CDN": os.environ.get("CDN_BASE")})


@app.get("/health")
def health():
    return "ok"


@app.get("/products/<sku>")
def product(sku):
    return {"sku": sku, "image": url(app.config["CDN"], f"{sku}.webp")}
