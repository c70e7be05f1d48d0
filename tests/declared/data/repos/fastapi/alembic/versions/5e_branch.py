revision = "5e"  #= head alembic 5e
down_revision = "3c"
