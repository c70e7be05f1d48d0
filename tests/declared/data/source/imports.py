from __future__ import annotations

import yaml  #= import yaml
import yaml.cyaml as c  #= import yaml.cyaml
import a, b.c  #= import a, import b.c
from PIL import Image, ImageDraw  #= import PIL
from google.cloud import storage, bigquery  #= import google.cloud.storage, import google.cloud.bigquery
from google.protobuf.message import Message  #= import google.protobuf.message.Message
from . import sibling
from .sibling import name
from ..above import thing
import importlib  #= import importlib
import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import stubs  #= optional stubs
else:
    import real  #= import real

if sys.version_info >= (3, 11):
    import tomllib  #= optional tomllib
else:
    import tomli as tomllib  #= optional tomli

try:
    import ujson as json  #= optional ujson
except ImportError:
    import json

try:
    from cyaml import CLoader  #= optional cyaml
except (ImportError, AttributeError):
    from cyaml import Loader  #= import cyaml

try:
    import needed  #= import needed
except ImportError as error:
    raise RuntimeError("pip install needed") from error

try:
    import kept  #= import kept
except ValueError:
    pass

with contextlib.suppress(ImportError):
    import suppressed  #= optional suppressed


def late():
    import lazy  #= import lazy

    if 1:
        while 1:
            for _ in ():
                with x:
                    async_free = __import__("by_dunder")  #= import by_dunder


class C:
    import in_class  #= import in_class


importlib.import_module("dynamic.module")  #= import dynamic.module
importlib.import_module(".relative", __package__)
importlib.import_module(computed)
importlib.util.find_spec("looked_for")  #= optional looked_for

INSTALLED_APPS = [
    "django.contrib.admin",  #= import django.contrib.admin
    "rest_framework",  #= import rest_framework
]

LOGGING = {
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.jsonlogger.JsonFormatter",  #= import pythonjsonlogger.jsonlogger.JsonFormatter
            "format": "one.two",
        },
    },
    "handlers": {"file": {"class": computed, "filename": "app.log"}},
}
CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache"}}  #= import django_redis.cache.RedisCache
SESSION_ENGINE = "session_cleanup.backends.db"  #= import session_cleanup.backends.db
RESULT_BACKEND = "redis://cache/0"  #= import redis
SHORT_BACKEND = "smtp"
