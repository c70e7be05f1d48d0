from pydantic import BaseModel, PostgresDsn  #= import pydantic


class Database(BaseModel):
    url: PostgresDsn  #= required APP_DATABASE__URL
    pool: int = 5  #= default APP_DATABASE__POOL
