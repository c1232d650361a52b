"""Hostile strings in a page, as Chromium builds it."""

from __future__ import annotations

import pytest

from hostile_strings import STRINGS, find_marks, make_hostile_outcome

pytestmark = pytest.mark.players

COUNT = """
const counts = {};
// of rows in the sheet for class there are as many as fit, by the length of their texts
for (const found of document.querySelectorAll("*:not(#sheet *)")) {
  const names = found.getAttributeNames().filter(name => !/^data-|^aria-/.test(name)).join(" ");
  const key = found.tagName + " " + names;
  counts[key] = (counts[key] || 0) + 1;
}
for (const found of document.querySelectorAll("#sheet *")) counts["in sheet " + found.tagName] = 1;
return counts;
"""
STEERING = r"/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/"


@pytest.fixture(scope="module")
def pages(write_pages):
    """One page with all strings, and one with a harmless text in their places."""
    hostile = make_hostile_outcome()
    harmless = make_hostile_outcome(text="x")
    return [next(iter(write_pages(outcome).values())) for outcome in (hostile, harmless)]


def test_browser_builds_the_elements_of_a_harmless_page(browser, pages):
    counts = []
    for page in pages:
        browser.open(page)
        counts.append(browser.run(COUNT))
        assert [asked for asked in browser.requests() if not asked.startswith("data:")] == []
        assert browser.messages() == []
    assert counts[0] == counts[1]


def test_browser_shows_every_string_whole_and_nothing_that_steers(browser, pages):
    browser.open(pages[0])
    texts = browser.texts("article.note")
    assert sorted({place for text in texts for place in find_marks(text)}) == [*range(len(STRINGS))]
    assert not browser.run(f"return {STEERING}.test(document.body.textContent)")
    assert browser.run("return document.title").isprintable()
