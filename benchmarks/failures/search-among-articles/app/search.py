import os

import psycopg2

FIND = "select title from article where to_tsvector(title) @@ plainto_tsquery(%s) limit 1"

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    for words in ("nut", "bolt"):
        cursor.execute(FIND, (words,))
        print(words, "->", cursor.fetchone()[0])
