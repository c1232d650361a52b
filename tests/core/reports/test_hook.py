from __future__ import annotations

import subprocess
import sys

import pytest

from headnotes import reports
from headnotes.registry import Registry
from made_outcomes import make_outcome, make_track

REPORTS = {one.name: one for one in reports.provide_reports()}
HEAVY = ("rich", "jinja2", "markupsafe", "markdown_it")


def test_hook_provide_reports():
    provided = Registry(builtins={"reports": reports}).provide("provide_reports")
    assert [one.name for one in provided] == list(REPORTS)


@pytest.mark.parametrize("name", REPORTS)
def test_one_outcome_gives_a_file_of_its_suffix(name):
    files = REPORTS[name].render((make_outcome(3),), "en")
    assert [file.endswith(REPORTS[name].suffix) for file in files] == [True]


@pytest.mark.parametrize("name", REPORTS)
def test_reports_on_standard_output_are_one_text(name):
    several = (make_outcome(3), make_outcome(3, track=make_track(name="b.srt")))
    files = REPORTS[name].render(several, "de")
    assert (len(files) > 1) == REPORTS[name].is_for_folder


@pytest.mark.parametrize("name", REPORTS)
def test_report_survives_a_file_name_that_is_no_text(name):
    outcome = make_outcome(1, track=make_track(name="S01\udce4.srt"))
    for text in REPORTS[name].render((outcome,), "en").values():
        text.encode("utf-8")


def test_asking_for_reports_loads_nothing_heavy():
    script = (
        "import sys; from headnotes import reports; reports.provide_reports();"
        "from headnotes.reports.json import render_json; render_json((), 'en');"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
