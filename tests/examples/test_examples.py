"""The examples run as they stand."""

import doctest
import importlib.util
import threading
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "subtitles" / "babylon-berlin" / "S01E04.en.srt"


def load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ask(monkeypatch):
    service = load("web_service")
    monkeypatch.setattr(service.Service, "log_message", lambda *_: None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), service.Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def ask(path, body):
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        connection.request("POST", path, body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    yield ask
    server.shutdown()
    server.server_close()


def test_web_service_annotates_what_it_is_sent(ask):
    status, text = ask("/S01E04.en.srt?language=de", SAMPLE.read_bytes())
    assert status == 200
    assert "[FEHLT]" in text


def test_web_service_refuses_in_one_line_what_is_no_track(ask):
    assert ask("/a.srt", b"not a subtitle")[0] == 422
    assert ask("/a.srt", b"")[0] == 413


def test_session_in_the_readme_runs_as_printed(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert (failed, tried >= 4) == (0, True)
