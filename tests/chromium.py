"""Chromium, driven without a network, and what the tests of pages do with it."""

from __future__ import annotations

import base64
import json
from pathlib import Path

HERE = Path(__file__).parent / "browser"
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Browser:
    """One window of Chromium, and what the tests do with it."""

    def __init__(self, driver, downloads):
        self.driver, self.downloads = driver, downloads

    def open(self, page, *, width=1280, media="screen", scheme="light", forced="none", place=""):
        """Open a page, or a place in it, as a reader with these settings sees it."""
        self.resize(width)
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "forced-colors", "value": forced},
        ]
        self.tell("Emulation.setEmulatedMedia", media=media, features=features)
        self.driver.get("about:blank")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.driver.get(page.as_uri() + place)

    def resize(self, width):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.tell("Emulation.setDeviceMetricsOverride", **size)

    def tell(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0]).textContent.trim()", selector)

    def texts(self, selector):
        script = (
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim())"
        )
        return self.run(script, selector)

    def count_visible(self, selector):
        script = (
            "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility())"
        )
        return len(self.run(script, selector))

    def click(self, selector):
        self.run("document.querySelector(arguments[0]).click()", selector)

    def requests(self):
        """Addresses asked for since the page was opened, itself left out."""
        events = [
            json.loads(one["message"])["message"] for one in self.driver.get_log("performance")
        ]
        sent = [one for one in events if one["method"] == "Network.requestWillBeSent"]
        return [one["params"]["request"]["url"] for one in sent][1:]

    def messages(self):
        """What the page wrote to the console: errors of scripts, breaches of the policy."""
        return [one["message"] for one in self.driver.get_log("browser")]

    def check(self):
        """Give axe's violations, each as its rule and the elements at fault."""
        self.run("for (const one of document.querySelectorAll('details')) one.open = true")
        self.run(AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "axe.run({resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
        )
        return {one["id"]: [node["html"] for node in one["nodes"]] for one in found["violations"]}

    def print_pages(self):
        return base64.b64decode(self.tell("Page.printToPDF", preferCSSPageSize=True)["data"])
