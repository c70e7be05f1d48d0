import os

import psycopg

with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    (count,) = connection.execute("select count(*) from (select distinct parcel from scans)").fetchone()
    print(count, "parcels")
