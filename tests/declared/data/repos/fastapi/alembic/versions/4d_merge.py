revision = "4d"  #= head alembic 4d
down_revision = ("2b", "3c")
