"""Reading a body with an eye on its size and the clock: on the wire and after decompression."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable


class BodyError(Exception):
    """The body cannot be taken; ``reason`` is ``too_large``, ``bomb``, ``slow``, ``cut`` or ``encoding``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_body(
    chunks: Iterable[bytes],
    *,
    encoding: str,
    max_wire: int,
    max_body: int,
    in_time: Callable[[], bool],
) -> bytes:
    """The decompressed body; stops reading as soon as a limit is passed.

    Errors: ``BodyError``. A stream that is cut raises what the transport raises.
    """
    inflate = _Inflater(encoding)
    parts: list[bytes] = []
    wire = size = 0
    for chunk in chunks:
        if not in_time():
            raise BodyError("slow")
        wire += len(chunk)
        if wire > max_wire:
            raise BodyError("too_large")
        piece = inflate.take(chunk, max_body + 1 - size)
        size += len(piece)
        if size > max_body:
            raise BodyError("bomb" if encoding else "too_large")
        parts.append(piece)
    if wire and not inflate.whole:
        raise BodyError("cut")
    return b"".join(parts)


def gunzip(raw: bytes, max_body: int) -> bytes:
    """Unpack a ``.gz`` file within a limit; bytes that are not gzip come back as they are."""
    if raw[:2] != b"\x1f\x8b":
        return raw
    return read_body([raw], encoding="gzip", max_wire=len(raw) + 1, max_body=max_body, in_time=lambda: True)


class _Inflater:
    """Takes chunks of one content encoding; ``whole`` once the stream's own end was seen."""

    def __init__(self, encoding: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise BodyError("encoding")
        self._plain = encoding in {"", "identity"}
        self._maybe_raw = encoding == "deflate"
        self._state = zlib.decompressobj(wbits=47 if "gzip" in encoding else zlib.MAX_WBITS)

    @property
    def whole(self) -> bool:
        return self._plain or self._state.eof

    def take(self, chunk: bytes, room: int) -> bytes:
        if self._plain:
            return chunk
        if self._state.eof:
            return b""
        try:
            piece = self._state.decompress(chunk, max(1, room))
        except zlib.error:
            if not self._maybe_raw:
                raise BodyError("encoding") from None
            self._state = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
            self._maybe_raw = False
            return self.take(chunk, room)
        self._maybe_raw = False
        return piece
