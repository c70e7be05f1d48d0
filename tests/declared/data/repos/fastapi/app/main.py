from fastapi import FastAPI  #= import fastapi
from sqlalchemy.ext.asyncio import create_async_engine  #= import sqlalchemy.ext.asyncio

from app.core.config import settings

app = FastAPI(debug=settings.debug)
engine = create_async_engine(str(settings.database.url), pool_size=20, max_overflow=0)  #= pool size 20, pool overflow 0
