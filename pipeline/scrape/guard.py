"""A transport for httpx that looks at the address it is about to connect to, not at the name.

The name is resolved once and the connection goes to the very address that was checked, so a name
that changes its answer in between (DNS rebinding) gains nothing. Private, loopback, link-local and
other addresses that are not of the public internet are refused unless the policy allows them.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator

import httpcore
import httpx

Resolve = Callable[[str, int], list[str]]


class RefusedAddress(httpx.ConnectError):
    """The name leads to an address that is not of the public internet."""


def resolve(host: str, port: int) -> list[str]:
    """Addresses of a name, as the machine's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address is of the public internet (mapped and 6to4 addresses looked through)."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class _Backend(httpcore.NetworkBackend):
    def __init__(self, allow_private: bool, resolver: Resolve) -> None:
        self._inner = httpcore.SyncBackend()
        self._allow_private = allow_private
        self._resolve = resolver

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"name not found: {host}") from error
        if not self._allow_private and not all(is_public(address) for address in addresses):
            raise RefusedAddress(f"{host} leads to a private address")
        last: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in addresses[:3]:
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last


class _Stream(httpx.SyncByteStream):
    def __init__(self, inner: Iterable[bytes]) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._inner
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout(str(error)) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise httpx.ReadError(str(error) or type(error).__name__) from error

    def close(self) -> None:
        close = getattr(self._inner, "close", None)
        if close is not None:
            close()


class GuardedTransport(httpx.BaseTransport):
    """Plain HTTP/1.1 with keep-alive over checked addresses; safe to share between threads."""

    def __init__(self, *, allow_private: bool = False, resolver: Resolve = resolve) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=None,
            max_keepalive_connections=64,
            keepalive_expiry=30.0,
            network_backend=_Backend(allow_private, resolver),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        core = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        try:
            answer = self._pool.handle_request(core)
        except httpcore.ConnectTimeout as error:
            raise httpx.ConnectTimeout("no connection in time") from error
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout("no answer in time") from error
        except (httpcore.NetworkError, ssl.SSLError) as error:
            raise httpx.ConnectError(str(error) or type(error).__name__) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise httpx.RemoteProtocolError(str(error)) from error
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(answer.stream),  # type: ignore[arg-type]
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()
