from captcha.image import ImageCaptcha
from flask import Flask

app = Flask(__name__)


@app.get("/challenge")
def challenge():
    return ImageCaptcha(width=180, height=60).generate("4K7Q").getvalue()


app.testing = True
print(len(app.test_client().get("/challenge").data), "bytes")
