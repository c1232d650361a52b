"""What the server for a second device answers, and what it refuses."""

from __future__ import annotations

import http.client
import socket
import struct
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.watch.server import LOOPBACK, ByteRange, PageServer, read_range

FILM = bytes(range(256)) * 4


@pytest.fixture
def server(tmp_path):
    (tmp_path / "page.watch.html").write_text("<p>Straße</p>", "utf-8")
    (tmp_path / "a film.mp4").write_bytes(FILM)
    (tmp_path / "secret.txt").write_text("secret")
    files = {
        "/": tmp_path / "page.watch.html",
        "/page.watch.html": tmp_path / "page.watch.html",
        "/a film.mp4": tmp_path / "a film.mp4",
        "/gone.html": tmp_path / "gone.html",
    }
    with PageServer(files) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def ask(server):
    """Ask for something as a program may, not only as a browser does."""

    def send(path="/", method="GET", host=None, **headers):
        connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=10)
        connection.putrequest(method, path, skip_host=True)
        for value in [f"{LOOPBACK}:{server.server_port}"] if host is None else host:
            connection.putheader("Host", value)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    return send


def test_named_files_are_served(server, ask):
    page, text = ask("/")
    assert (page.status, text.decode()) == (200, "<p>Straße</p>")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    film, data = ask("/a%20film.mp4?t=3")
    assert (film.status, data, film.headers["Content-Type"]) == (200, FILM, "video/mp4")
    assert server.url == f"http://127.0.0.1:{server.server_port}/"


def test_server_is_reached_from_this_computer_alone(server):
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "path",
    [
        "/secret.txt",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/page.watch.html/../secret.txt",
        "//secret.txt",
        "/./page.watch.html",
        "/page.watch.html/",
        "/page.watch.html%00",
        "secret.txt",
        "/etc/passwd",
        "file:///etc/passwd",
        "/gone.html",
        "*",
    ],
)
def test_nothing_else_is_reached(ask, path):
    answer, body = ask(path)
    assert (answer.status, body) == (404, b"")


@pytest.mark.parametrize(
    "host",
    [[], ["example.org"], ["127.0.0.1"], ["localhost"], ["127.0.0.1:1"], ["0.0.0.0"], [""]],
    ids=str,
)
def test_other_hosts_are_refused(ask, host):
    answer, body = ask(host=host)
    assert (answer.status, body) == (421, b"")


def test_two_hosts_are_refused(server, ask):
    assert ask(host=[f"127.0.0.1:{server.server_port}", "example.org"])[0].status == 421


def test_localhost_is_this_computer(server, ask):
    assert ask(host=[f"localhost:{server.server_port}"])[0].status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "GETS"])
def test_other_methods_are_refused(ask, method):
    answer, body = ask(method=method)
    assert (answer.status, body, answer.headers["Allow"]) == (405, b"", "GET, HEAD")


def test_head_has_the_head_alone(ask):
    answer, body = ask("/a%20film.mp4", method="HEAD")
    assert (answer.status, body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(FILM))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=1000-", 1000, 1023),
        ("bytes=1000-99999", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=-99999", 0, 1023),
    ],
)
def test_range_is_served(ask, asked, first, last):
    answer, body = ask("/a%20film.mp4", Range=asked)
    assert (answer.status, body) == (206, FILM[first : last + 1])
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/1024"


@pytest.mark.parametrize(
    "asked", ["bytes=-", "bytes=5-2", "bytes=0-1,4-5", "lines=0-1", "bytes=a-b", "bytes=١-٢", ""]
)
def test_odd_range_gives_the_whole_file(asked):
    assert read_range(asked, 1024) is None


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=99999999999-", "bytes=-0"])
def test_range_outside_the_file_is_refused(ask, asked):
    answer, body = ask("/a%20film.mp4", Range=asked)
    assert (answer.status, body) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */1024"


@given(st.text() | st.from_regex(r"bytes=\d*-\d*", fullmatch=True), st.integers(0, 2_000))
def test_any_range_lies_in_the_file(asked, size):
    try:
        span = read_range(asked, size)
    except ValueError:
        return
    assert span is None or (0 <= span.first <= span.last < size and span.length > 0)


def test_every_answer_forbids_guessing_and_keeping(ask):
    for path in ("/", "/none"):
        headers = ask(path)[0].headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Server"].strip() == "Headnotes"


def test_span_counts_both_ends():
    assert ByteRange(3, 5).length == 3


def test_browser_that_goes_away_in_the_middle_costs_nothing(server, ask, tmp_path):
    (tmp_path / "a film.mp4").write_bytes(bytes(30_000_000))
    connection = socket.create_connection((LOOPBACK, server.server_port))
    head = f"GET /a%20film.mp4 HTTP/1.1\r\nHost: {LOOPBACK}:{server.server_port}\r\n\r\n"
    connection.sendall(head.encode())
    assert connection.recv(15) == b"HTTP/1.1 200 OK"
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    assert ask("/")[0].status == 200


@pytest.mark.parametrize(
    ("error", "is_said"),
    [(ConnectionResetError(104, "reset"), False), (TimeoutError(), False), (KeyError("x"), True)],
)
def test_connection_that_breaks_is_not_told_on_the_terminal(server, capsys, error, is_said):
    try:
        raise error
    except type(error):
        server.handle_error(None, (LOOPBACK, 1))
    assert ("Traceback" in capsys.readouterr().err) is is_said


def test_address_in_brackets_that_is_none_is_refused(ask):
    assert ask("http://[::1")[0].status == 400


@pytest.mark.parametrize("head", [b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\xff\xfe\r\n\r\n"])
def test_what_is_no_request_is_refused(server, head):
    with socket.create_connection((LOOPBACK, server.server_port), timeout=10) as connection:
        connection.sendall(head)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile("rb").read()
    assert "Straße".encode() not in answer
