import asyncio


async def main():
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "::1", 9100)
    server.close()
    await server.wait_closed()
    print("admin port works")


asyncio.run(main())
