import os

import psycopg2

connection = psycopg2.connect(os.environ["DATABASE_URL"])
connection.tpc_begin(connection.xid(7, "order-1017", "ledger"))
connection.cursor().execute("select 1")
connection.tpc_prepare()
connection.tpc_commit()
print("committed in two phases")
