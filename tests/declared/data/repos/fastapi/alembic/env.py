from alembic import context  #= import alembic
