"""Pages served to a second device, until the user has had enough."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from headnotes.cli.printing import is_terminal, print_line
from headnotes.issues import Issue, UsageError
from headnotes.watch import make_server

LOOPBACK = "127.0.0.1"
_ANYWHERE = "0.0.0.0"  # noqa: S104 - refused, not bound to


def read_address(text: str) -> tuple[str, int]:
    """Return host and port of `HOST` or `HOST:PORT`; port 0 is any that is free.

    Raises:
        ValueError: it is neither, or stands for every address that this computer has.
    """
    host, _, port = text.partition(":")
    if not host or host == _ANYWHERE or not (port or "0").isdecimal() or int(port or 0) > 65_535:
        raise ValueError(f"{text!r} is not an address of this computer")
    return host, int(port or 0)


def serve_files(files: Mapping[str, Path], address: tuple[str, int]) -> None:
    """Serve files until Ctrl-C.

    Args:
        files: by the path of their address; `/` is the first page.
        address: host and port.

    Raises:
        UsageError: the address cannot be bound.
    """
    host, port = address
    try:
        server = make_server(files, host, port)
    except OSError as error:
        what = f"cannot be served at: {error.strerror or type(error).__name__}"
        hint = "give an address of this computer, and a port that is free"
        raise UsageError(
            Issue(path=f"{host}:{port}", code="no-address", message=what, hint=hint)
        ) from error
    with server:
        click.echo(server.url)
        if host != LOOPBACK and is_terminal(sys.stderr):
            click.echo(draw_code(server.url).encode(), err=True)
        print_line("serving; Ctrl-C stops it")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print_line("stopped")


def draw_code(url: str) -> str:
    """Return an address as a QR code for a terminal, to be read by a phone."""
    import segno

    drawn = io.StringIO()
    segno.make_qr(url).terminal(drawn, compact=True)
    return drawn.getvalue()
