import os

from sqlalchemy import create_engine, text

engine = create_engine(os.environ["DATABASE_URL"])
with engine.begin() as connection:
    seen = connection.execute(text("select balance from account where number = 1")).scalar_one()
    written = connection.execute(
        text("update account set balance = :new where number = 1 and balance = :seen"),
        {"new": seen + 5, "seen": seen},
    )
    if written.rowcount != 1:
        raise RuntimeError("account 1 was changed meanwhile")
print("booked")
