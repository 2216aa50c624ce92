"""The door: resolves a name once, refuses private addresses, and connects to the very address that was checked."""

from __future__ import annotations

import asyncio
import ipaddress
import select
import socket
import ssl
import typing
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager

import httpcore
import httpx

Overrides = Mapping[str, tuple[str, int]]
"""Host name -> (address, port): where the demo and the tests lead their invented hosts."""
Resolve = Callable[[str, int], Awaitable[list[str]]]
"""(host, port) -> its addresses, once for each connection."""
ONWARD = "onward"
"""The extension of a response that holds its Location header."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddressError(Exception):
    """The name leads into a private network."""


def is_public(text: str) -> bool:
    """Whether the address is one of the open internet, IPv4 in IPv6 clothes included."""
    address = ipaddress.ip_address(text.partition("%")[0])
    inner: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        teredo = address.teredo or ()
        inner += [a for a in (address.ipv4_mapped, address.sixtofour, *teredo) if a is not None]
        if address in _NAT64:
            inner = [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
        elif address.ipv4_mapped:
            inner = [address.ipv4_mapped]
    return all(a.is_global and not a.is_multicast and not a.is_reserved for a in inner)


class _GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Opens connections for httpcore; TLS is still checked against the name that was asked for."""

    def __init__(self, overrides: Overrides, resolve: Resolve) -> None:
        self._overrides = dict(overrides)
        self._resolve = resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: typing.Iterable[typing.Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if host in self._overrides:
            addresses, port = [self._overrides[host][0]], self._overrides[host][1]
        else:
            addresses = _checked(host, await self._resolve(host, port))
        problem: Exception = httpcore.ConnectError(f"{host}: no address")
        for address in addresses:
            try:
                return _Wire(await self._network.connect_tcp(address, port, timeout, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)


class _Wire(httpcore.AsyncNetworkStream):
    """A connection that knows its socket: httpcore looks several times a request whether an idle one has something to
    read, and asking through all layers for the socket takes longer than the look."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._look = select.poll()
        self._look.register(stream.get_extra_info("socket"), select.POLLIN)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _Wire(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> typing.Any:
        return bool(self._look.poll(0)) if info == "is_readable" else self._stream.get_extra_info(info)


async def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name, as the system knows them. Raises ConnectError where it knows none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host}: no such host ({error})") from error
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def _checked(host: str, addresses: list[str]) -> list[str]:
    """The addresses that may be connected to: one private among them refuses the name."""
    for address in addresses:
        if not is_public(address):
            raise RefusedAddressError(f"{host} leads to {address}, which is no address of the open internet")
    return addresses


class _Line:
    """The connections to one origin, and how many answers are still being read from them."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self.pool, self.busy = pool, 0


class _Stream(httpx.AsyncByteStream):
    """The body of an answer; its line is free again once it is closed."""

    def __init__(self, stream: typing.AsyncIterable[bytes], line: _Line) -> None:
        self._stream, self._line = stream, line
        self._is_open = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _httpx_errors():
            async for chunk in self._stream:
                yield chunk

    async def aclose(self) -> None:
        if self._is_open:
            self._is_open = False
            self._line.busy -= 1
        if hasattr(self._stream, "aclose"):
            await self._stream.aclose()


@contextmanager
def _httpx_errors() -> Iterator[None]:
    """httpcore's errors by the names that httpx gives them."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error)) from error
    except (httpcore.ProtocolError, httpcore.ReadError) as error:
        raise httpx.RemoteProtocolError(str(error)) from error
    except httpcore.UnsupportedProtocol as error:
        raise httpx.UnsupportedProtocol(str(error)) from error
    except (httpcore.NetworkError, httpcore.ProxyError) as error:
        raise httpx.NetworkError(str(error)) from error


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx's transport over a guarded network; no proxy, so that nothing connects for us unchecked."""

    def __init__(
        self,
        *,
        overrides: Overrides,
        connections: int,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = resolve,
    ) -> None:
        self._tls, self._network = tls, _GuardedNetwork(overrides, resolve)
        self._connections = connections
        # a pool an origin: a pool looks at each of its connections with every request, so that one for all sites would
        # spend more time on looking than on fetching
        self._lines: OrderedDict[tuple[bytes, bytes, int | None], _Line] = OrderedDict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        line = self._line((url.raw_scheme, url.raw_host, url.port))
        line.busy += 1
        try:
            await self._hang_up()
            with _httpx_errors():
                answer = await line.pool.handle_async_request(asked)
        except BaseException:
            line.busy -= 1
            raise
        stream = typing.cast(typing.AsyncIterable[bytes], answer.stream)
        # httpx prepares the next request of a redirect unasked, and fails on a bad address: we follow by hand
        onward = [value.decode("latin-1") for name, value in answer.headers if name.lower() == b"location"]
        headers = [pair for pair in answer.headers if pair[0].lower() != b"location"]
        told = {**answer.extensions, ONWARD: onward[0] if onward else None}
        return httpx.Response(answer.status, headers=headers, stream=_Stream(stream, line), extensions=told)

    def _line(self, origin: tuple[bytes, bytes, int | None]) -> _Line:
        """The origin's line, which is now the one used last."""
        if origin not in self._lines:
            pool = httpcore.AsyncConnectionPool(
                ssl_context=self._certificates() if origin[0] == b"https" else None,
                max_connections=self._connections,
                max_keepalive_connections=self._connections,
                keepalive_expiry=15.0,
                network_backend=self._network,
            )
            self._lines[origin] = _Line(pool)
        self._lines.move_to_end(origin)
        return self._lines[origin]

    def _certificates(self) -> ssl.SSLContext:
        """Read where the first site asks for them: they take a tenth of a second."""
        self._tls = self._tls or httpx.create_ssl_context()
        return self._tls

    async def _hang_up(self) -> None:
        """Lets go of the idle lines used longest ago, so that no more are open than requests may be under way."""
        while len(self._lines) > self._connections:
            origin = next((origin for origin, line in self._lines.items() if not line.busy), None)
            if origin is None:
                return
            await self._lines.pop(origin).pool.aclose()

    async def aclose(self) -> None:
        while self._lines:
            _, line = self._lines.popitem()
            await line.pool.aclose()
