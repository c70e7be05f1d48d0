from flask import Flask  #= import flask

import helpers
from settings import env, TIMEOUT

app = Flask(__name__)
DEBUG = env.bool("DEBUG", False)  #= default DEBUG
with env.prefixed("MAIL_"):
    HOST = env("HOST")  #= required MAIL_HOST
helpers.read("FEATURE_X")  #= none FEATURE_X
