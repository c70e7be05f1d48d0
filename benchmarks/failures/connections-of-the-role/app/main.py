import os

from psycopg2.pool import ThreadedConnectionPool

pool = ThreadedConnectionPool(8, 16, os.environ["DATABASE_URL"])
print("pool is up")
pool.closeall()
