import anyio
import httpx


def answer(request: httpx.Request) -> httpx.Response:
    return httpx.Response(410 if request.url.path == "/closed" else 200)


async def fetch(client: httpx.AsyncClient, name: str) -> None:
    (await client.get(f"http://feeds.internal/{name}")).raise_for_status()


async def main() -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        try:
            async with anyio.create_task_group() as group:
                for name in ("news", "closed", "prices"):
                    group.start_soon(fetch, client, name)
        except httpx.HTTPStatusError as gone:
            print("kept yesterday's feeds:", gone.response.status_code)


anyio.run(main)
