import asyncpg
import psycopg2.pool
import sqlalchemy as sa
from psycopg_pool import AsyncConnectionPool, ConnectionPool
from sqlalchemy.ext.asyncio import create_async_engine

SIZE = 7
CONN_MAX_AGE = 60  #= pool max_age 60

sa.create_engine("postgresql://", pool_size=5, max_overflow=-1)  #= pool size 5, pool overflow -1
create_async_engine("x", pool_pre_ping=True, pool_recycle=1800)  #= pool pre_ping True, pool recycle 1800
ConnectionPool("x", min_size=1, max_size=10, timeout=2.5)  #= pool min_size 1, pool size 10, pool timeout 2.5
AsyncConnectionPool("x", max_size=None)  #= pool size None
asyncpg.create_pool(min_size=2, max_size=4)  #= pool min_size 2, pool size 4
psycopg2.pool.ThreadedConnectionPool(1, 20, "x")  #= pool min_size 1, pool size 20
sa.create_engine("x", pool_size=compute())
sa.create_engine("postgresql://user:password@host/x")

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,  #= pool max_age 0
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 8}},  #= pool min_size 2, pool size 8
    }
}
SQLALCHEMY_ENGINE_OPTIONS = {"pool_size": 3, "echo": True}  #= pool size 3
