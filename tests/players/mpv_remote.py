"""mpv on a screen that nobody sees, driven as a viewer does: by keys."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from pathlib import Path

from frames import HEIGHT, WIDTH, run


class Mpv:
    """A film that plays, with the scripts of a folder; close it in the end."""

    def __init__(self, home, film, *options):
        read, write = os.pipe()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"],
            pass_fds=[write], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as displays:
            self.display = f":{displays.readline().strip()}"
        own = {"HOME": str(home), "MPV_HOME": str(home / "mpv"), "DISPLAY": self.display}
        environment = {key: value for key, value in os.environ.items() if key[:4] != "XDG_"}
        address = home / "mpv.socket"
        self._player = subprocess.Popen(
            [
                "mpv", "--vo=x11", "--no-audio", "--fullscreen", "--keep-open", "--osc=no",
                "--really-quiet", f"--input-ipc-server={address}", *options, film,
            ],
            env=environment | own,
        )  # fmt: skip
        self._asked = 0
        self._socket = socket.socket(socket.AF_UNIX)
        wait_for(lambda: self._socket.connect_ex(str(address)) == 0)
        self._lines = self._socket.makefile("rwb")
        wait_for(lambda: self.get("time-pos") is not None)

    def ask(self, *command):
        """Send a command and return what it gives."""
        self._asked += 1
        line = json.dumps({"command": command, "request_id": self._asked})
        self._lines.write(line.encode() + b"\n")
        self._lines.flush()
        while True:
            answer = json.loads(self._lines.readline())
            if answer.get("request_id") == self._asked:
                return answer.get("data")

    def get(self, name):
        return self.ask("get_property", name)

    def put(self, name, value):
        self.ask("set_property", name, value)

    def press(self, key):
        self.ask("keypress", key)

    def wait(self, name, value):
        wait_for(lambda: self.get(name) == value)

    def grab(self, picture):
        """Write a picture of the whole screen."""
        run(
            "ffmpeg", "-v", "error", "-y", "-f", "x11grab", "-video_size", f"{WIDTH}x{HEIGHT}",
            "-draw_mouse", "0", "-i", self.display, "-frames:v", "1", picture,
        )  # fmt: skip
        return Path(picture)

    def close(self):
        self.ask("quit")
        self._player.wait(20)
        self._lines.close()
        self._socket.close()
        self._screen.terminate()
        self._screen.wait(20)


def wait_for(is_so, seconds=30):
    """Wait until something is so, and fail when it does not come."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)
