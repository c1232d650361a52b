"""The pages made from the code are what the code says."""

import inspect
import re
from pathlib import Path

import pytest

from make_pages import PAGES, ROOT, list_hooks

HOOKS = list_hooks()
QUESTIONS = ("When: ", "Order: ", "Returns:", "If it raises: ", "Example: ")


@pytest.mark.parametrize("name", PAGES)
def test_page_is_made_from_the_code(name):
    # python tests/make_pages.py
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name]()


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.__name__)
def test_hook_answers_the_questions_of_an_author(hook):
    told = inspect.getdoc(hook) or ""
    assert [question for question in QUESTIONS if question not in told] == []
    assert [
        name for name in inspect.signature(hook).parameters if f"    {name}: " not in told
    ] == []


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.__name__)
def test_hook_has_an_example_that_answers_it(hook):
    (example,) = re.findall(r"Example: `([^`]+)`", inspect.getdoc(hook) or "")
    assert f"def {hook.__name__}(" in (ROOT / Path(example)).read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.__name__)
def test_hook_has_a_test_of_its_own_name(hook):
    text = (ROOT / "tests" / "core" / "registry" / "test_registry.py").read_text(encoding="utf-8")
    assert f"def test_hook_{hook.__name__}" in text or f'"{hook.__name__}"' in text
