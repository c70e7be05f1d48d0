import os

import psycopg2

connection = psycopg2.connect(os.environ["DATABASE_URL"])
with connection, connection.cursor() as cursor:
    cursor.execute("select text from tags order by text")
    for (text,) in cursor:
        print(ascii(text))
