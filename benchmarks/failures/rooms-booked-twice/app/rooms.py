import os

import psycopg2

TABLE = """
    create table bookings (
        room int not null,
        during tsrange not null,
        exclude using gist (room with =, during with &&)
    )
"""

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute(TABLE)
    cursor.execute("insert into bookings values (4, '[2024-11-05 09:00, 2024-11-05 10:00)')")
    print("booked", cursor.rowcount)
