"""What is found is seen: the shares shown and the delays, over scripts in the rhythm of drama."""

from functools import cache
from statistics import median, quantiles

import pytest
from screen import SCRIPTS, annotate_scripts, measure_screen

from headnotes.linting import lint_track
from headnotes.profiles import PROFILES, render_profile
from headnotes.scheduling import schedule, select
from headnotes.tracks import parse_track

SUBTITLES = [profile for profile in PROFILES if not profile.is_by_moment]


outcomes = cache(annotate_scripts)


@cache
def screen(density):
    return measure_screen(outcomes(SCRIPTS), density)


@pytest.mark.parametrize(
    ("density", "verdicts", "weight_3", "everything"),
    [("sparse", 0.85, 0.97, 0.75), ("normal", 0.95, 1.0, 0.95), ("dense", 0.95, 1.0, 0.95)],
)
def test_notes_reach_the_screen(density, verdicts, weight_3, everything):
    counted = screen(density)
    assert counted.share(verdicts=True) >= verdicts
    assert counted.share(3, verdicts=True) >= weight_3
    assert counted.share() >= everything


@pytest.mark.parametrize("density", ["sparse", "normal", "dense"])
def test_verdicts_stand_soon_after_their_moments_and_never_before(density):
    delays_s = screen(density).delays_s()
    assert min(delays_s) >= 0
    assert median(delays_s) <= 15
    assert quantiles(delays_s, n=10)[-1] <= 60


@pytest.mark.parametrize("density", ["sparse", "normal", "dense"])
def test_tracks_of_all_scripts_can_be_read(density):
    assert screen(density).violations == 0


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("profile", SUBTITLES, ids=lambda profile: profile.name)
def test_every_profile_keeps_the_rules_in_both_languages(profile, language):
    for outcome in outcomes(SCRIPTS):
        wanted = select(outcome.annotations, episode=outcome.episode).kept
        planned = schedule(outcome.track, wanted, language=language, density="dense")
        text = render_profile(profile, outcome.track, planned.shown)
        assert lint_track(parse_track(text.encode(), f"a{profile.suffix}")) == ()
