import logging.config
import os

import markdown  #= import markdown
import sqlalchemy  #= import sqlalchemy
from celery import Celery  #= import celery
from sqlalchemy import create_engine  #= import sqlalchemy
from sqlalchemy.ext.asyncio import create_async_engine  #= import sqlalchemy.ext.asyncio

"""postgresql+pg8000://in/a/docstring is not after a quote"""
# "mysql+pymysql://in/a/comment"
EXTENSIONS = ["tables", "pymdownx.tasklist"]

one = create_engine("postgresql://host/x")  #= import psycopg2
two = create_engine("postgresql+psycopg://host/x")  #= import psycopg
three = create_async_engine(f"postgresql+asyncpg://{one}/x")  #= import asyncpg
four = create_engine(os.environ.get("URL", "mysql://host/x"))  #= import MySQLdb, default URL
five = sqlalchemy.URL.create("mysql+pymysql", host="x")  #= import pymysql
six = create_engine("sqlite:///x.db")
seven = create_engine("sqlite+aiosqlite:///x.db")  #= import aiosqlite
eight = create_engine("postgresql+unheard_of://host/x")
nine = print("postgresql://host/x")
app = Celery("shop", broker="redis://queue/0", backend="rpc://", include=["shop.mail"])  #= import redis, import shop.mail
text = markdown.markdown("x", extensions=EXTENSIONS)  #= import pymdownx.tasklist
more = markdown.Markdown(extensions=["toc", "mdx_math.more", one])  #= import mdx_math.more
logging.config.dictConfig({"formatters": {"json": {"()": "pythonjsonlogger.json.JsonFormatter"}}})  #= import pythonjsonlogger.json.JsonFormatter

CELERY_BROKER_URL = os.environ.get("BROKER", "sqs://")  #= import boto3, default BROKER
RESULT_BACKEND = "db+postgresql+pg8000://host/x"  #= import pg8000
worker_class = "gevent"  #= import gevent
logger_class = "shop_logging.Logger"  #= import shop_logging.Logger
other_class = "eventlet"
