"""A web service: a subtitle file in, the same with headnotes out. Standard library and Headnotes.

python tests/examples/web_service.py &
curl --data-binary @S01E04.en.srt 'http://127.0.0.1:8000/S01E04.en.srt?language=de'
"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from headnotes import Headnotes, HeadnotesError

MOST_BYTES = 20_000_000
NOTES = Headnotes()  # made ready once, for all threads


class Service(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        url = urlsplit(self.path)
        language = parse_qs(url.query).get("language", [None])[0]
        length = int(self.headers.get("Content-Length", 0))
        if not 0 < length <= MOST_BYTES:
            return self.answer(413, "send one subtitle file")
        try:
            track = NOTES.read(self.rfile.read(length), unquote(url.path).rpartition("/")[2])
            text = NOTES.write(NOTES.annotate(track), language=language)
        except HeadnotesError as error:
            return self.answer(422, str(error))
        return self.answer(200, text)

    def answer(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", 8000), Service).serve_forever()
