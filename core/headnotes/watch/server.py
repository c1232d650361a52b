"""A server for a second device: the pages of one run and their film, and nothing else.

It answers GET and HEAD, for the files it was given, to requests that name it by its own address.
There is no folder behind it, so there is nothing to list, to write, or to climb out of.
"""

from __future__ import annotations

import mimetypes
import re
import sys
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from headnotes.values import frozen

LOOPBACK = "127.0.0.1"
_CHUNK_BYTES = 256 * 1024
_IDLE_SECONDS = 30
"""After so long without a word a connection is closed."""

_RANGE = r"bytes=(\d{1,18})?-(\d{1,18})?"
_HEADERS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@frozen
class ByteRange:
    """Bytes of a file that are sent, the last one included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many."""
        return self.last - self.first + 1


def read_range(header: str, size: int) -> ByteRange | None:
    """Return which bytes a request asks for; `None` for the whole file.

    Several ranges at once, and what is no range, count as none, as the standard allows.

    Args:
        header: the value of `Range`; may be empty.
        size: of the file.

    Raises:
        ValueError: no byte of the range is in the file.

    Source: RFC 9110, 14.1.2 and 14.2.
    """
    found = re.fullmatch(_RANGE, header.strip(), re.ASCII)
    if found is None or found[0] == "bytes=-":
        return None
    if found[1] is None:
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(size - 1, int(found[2] or size))
        if found[2] and int(found[2]) < first:
            return None
    if first > last:
        raise ValueError(f"no byte of {header!r} among {size}")
    return ByteRange(first, last)


class PageServer(ThreadingHTTPServer):
    """Serves some files under some addresses until it is shut down.

    Attributes:
        files: by the path of the address, decoded: `/S01E04.watch.html`.
        hosts: the values of `Host` that are answered.
    """

    daemon_threads = True

    def __init__(self, files: Mapping[str, Path], address: str = LOOPBACK, port: int = 0) -> None:
        """Bind to an address; port 0 for any that is free.

        Raises:
            OSError: it cannot be bound.
        """
        self.files = dict(files)
        super().__init__((address, port), _Handler)
        names = {address, "localhost"} if address == LOOPBACK else {address}
        self.hosts = {f"{name}:{self.server_port}" for name in names}
        self.hosts |= names if self.server_port == 80 else set()

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about connections that break; say what else went wrong, as the library does.

        Args:
            request: the connection.
            client_address: whose.
        """
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        """The address of the first page."""
        return f"http://{self.server_address[0]!s}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: PageServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Headnotes", ""
    timeout = _IDLE_SECONDS

    def parse_request(self) -> bool:
        """Read the head of a request, and refuse other methods and other hosts."""
        if not super().parse_request():
            return False
        if self.command not in {"GET", "HEAD"}:
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
            return False
        if self.headers.get_all("Host", []) not in [[host] for host in self.server.hosts]:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        return True

    def do_GET(self) -> None:
        """Send a file, or a part of it."""
        self._answer()

    def do_HEAD(self) -> None:
        """Send the head of the answer alone."""
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's
        """Keep quiet: what the viewer looks at is nobody's business."""

    def _answer(self) -> None:
        try:
            path = unquote(urlsplit(self.path).path)
        except ValueError:  # an address in brackets that is none
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        file = self.server.files.get(path)
        try:
            opened = file.open("rb") if file else None
        except OSError:
            opened = None
        if file is None or opened is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        with opened:
            self._send(opened, mimetypes.guess_type(file.name)[0] or "application/octet-stream")

    def _send(self, opened: BinaryIO, kind: str) -> None:
        size = opened.seek(0, 2)
        try:
            span = read_range(self.headers.get("Range", ""), size)
        except ValueError:
            headers = {"Content-Range": f"bytes */{size}"}
            self._refuse(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers)
            return
        self.send_response(HTTPStatus.PARTIAL_CONTENT if span else HTTPStatus.OK)
        if span:
            self.send_header("Content-Range", f"bytes {span.first}-{span.last}/{size}")
        span = span or ByteRange(0, size - 1)
        is_text = kind.startswith("text/")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self._end_head(span.length)
        if self.command == "GET":
            self._copy(opened, span)

    def _copy(self, opened: BinaryIO, span: ByteRange) -> None:
        """Send bytes; a browser that has seen enough of a film goes away in the middle."""
        opened.seek(span.first)
        left = span.length
        try:
            while left and (chunk := opened.read(min(left, _CHUNK_BYTES))):
                self.wfile.write(chunk)
                left -= len(chunk)
        except OSError:
            self.close_connection = True

    def _refuse(self, status: HTTPStatus, headers: Mapping[str, str] | None = None) -> None:
        """Answer without a body, and end the connection: what follows may be a body."""
        self.close_connection = True
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self._end_head(0)

    def _end_head(self, length: int) -> None:
        self.send_header("Content-Length", str(length))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
