"""Fixtures for the tests of pages in a real browser."""

from __future__ import annotations

import pytest

from chromium import FLAGS, Browser
from headnotes.reports.pages import render_html


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Chromium with an empty profile and a folder for downloads."""
    from selenium import webdriver

    downloads = tmp_path_factory.mktemp("downloads")
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    for flag in FLAGS:
        options.add_argument(flag)
    service = webdriver.ChromeService("/usr/bin/chromedriver")
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_script_timeout(120)
    driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
    )
    yield Browser(driver, downloads)
    driver.quit()


@pytest.fixture(scope="session")
def write_pages(tmp_path_factory):
    """Write the pages of some outcomes into a folder and give their paths by name."""

    def write(*outcomes, language="en"):
        folder = tmp_path_factory.mktemp("pages")
        paths = {}
        for name, text in render_html(outcomes, language).items():
            paths[name] = folder / name
            paths[name].write_text(text, encoding="utf-8")
        return paths

    return write
