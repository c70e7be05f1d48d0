from pathlib import Path

import environ  #= import environ

env = environ.Env(DEBUG=(bool, False))

DEBUG = env("DEBUG")  #= default DEBUG
DATABASES = {"default": env.db("DATABASE_URL")}  #= required DATABASE_URL
DATABASES["default"]["CONN_MAX_AGE"] = 60
INSTALLED_APPS = [
    "django.contrib.admin",  #= import django.contrib.admin
    "rest_framework",  #= import rest_framework
    "orders",
]
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]  #= import whitenoise.middleware.WhiteNoiseMiddleware
