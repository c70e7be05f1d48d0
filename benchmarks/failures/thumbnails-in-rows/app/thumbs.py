import os

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("select json_agg(content) from thumbs")
    for content in cursor.fetchone()[0]:
        print(bytes.fromhex(content.lstrip("\\x")))
