"""A server that answers at once or after a time: what is measured beside it is the till alone. A process of its own."""

import asyncio
import contextlib
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
STATUS, RESERVED = b'{"status":"NOT_REGISTERED"}', b'{"status":"RESERVED"}'


async def answer(incoming: asyncio.StreamReader, out: asyncio.StreamWriter, pause: float) -> None:
    """Answer request after request, each when it has waited so many seconds."""
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await incoming.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            asked = await incoming.readexactly(int(length[1]) if length else 0)
            came = time.perf_counter()
            body = RESERVED if b'"reserve"' in asked else STATUS
            await asyncio.sleep(came + pause - time.perf_counter())
            out.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
            await out.drain()


async def serve(pause: float) -> None:
    """Serve on a free port and tell it."""
    server = await asyncio.start_server(lambda incoming, out: answer(incoming, out, pause), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def round_trips(url: str, count: int) -> list[float]:
    """Return seconds of as many bare requests on one connection: what its answers cost whoever asks."""
    times = []
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(count):
            began = time.perf_counter()
            line.sendall(b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
            line.recv(1000)
            times.append(time.perf_counter() - began)
    return times


@contextlib.contextmanager
def running(pause: float = 0.0) -> Iterator[str]:
    """Run it, and give its address."""
    with subprocess.Popen([sys.executable, __file__, str(pause)], stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1])))
