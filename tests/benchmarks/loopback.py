"""A bounded HTTP server on loopback for benchmarks: a process of its own that ends with the block.

with serving(pages, arguments…) as port: ...       # pages(*arguments) gives `answer`, within the server's process
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

Answer = Callable[[str, str], tuple[str, bytes] | None]
"""(host, path) -> content type and body; None: there is no such page."""


@contextmanager
def serving(
    pages: Callable[..., Answer], *arguments: Any, latency: float = 0.0, patience: float = 600
) -> Iterator[int]:
    """The port of a server that answers each request after so many seconds. Raises SystemExit where it does not come up
    within `patience` seconds."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=_serve, args=(pages, arguments, latency, there), daemon=True)
    server.start()
    try:
        if not here.poll(patience):
            raise SystemExit("the server of the pages did not come up")
        yield here.recv()
    finally:
        server.terminate()
        server.join(timeout=10)


def _serve(pages: Callable[..., Answer], arguments: tuple[Any, ...], latency: float, told: Connection) -> None:
    """Answers until it is ended; tells its port once the pages are ready."""
    answer = pages(*arguments)

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                host = next(line[6:].strip() for line in lines if line.lower().startswith("host: "))
                found = answer(host, lines[0].split(" ")[1])
                status, (kind, body) = ("200 OK", found) if found else ("404 Not Found", ("text/html", b""))
                if latency:
                    await asyncio.sleep(latency)
                writer.write(
                    f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(converse, "127.0.0.1", 0, backlog=1024)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())
