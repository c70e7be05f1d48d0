import asyncio
from concurrent.futures import ThreadPoolExecutor

scans = []


def scan(loop, code):
    loop.call_soon(scans.append, code)


async def main():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(scan, loop, code) for code in ("A-17", "A-18")]:
            done.result()
    await asyncio.sleep(0.05)
    print(sorted(scans))


asyncio.run(main())
