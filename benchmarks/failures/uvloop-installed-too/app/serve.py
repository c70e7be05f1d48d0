import asyncio

import nest_asyncio
import uvicorn


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        nest_asyncio.apply()
        asyncio.get_running_loop().call_later(0.5, server.__setattr__, "should_exit", True)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})


server = uvicorn.Server(uvicorn.Config(app, port=8000, lifespan="on"))
server.run()
raise SystemExit(0 if server.started else 3)
