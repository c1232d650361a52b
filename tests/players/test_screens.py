"""What a viewer sees: frames drawn by the players themselves."""

import pytest
from attrs import evolve
from film import SECONDS
from frames import (
    STRIP,
    WIDTH,
    bottom_ink,
    draw_with_chromium,
    draw_with_ffmpeg,
    draw_with_mpv,
    draw_with_vlc,
    make_video,
    top_ink,
)

from headnotes.formats import write_vtt
from headnotes.model import Cue
from headnotes.profiles import PROFILES, render_profile
from headnotes.text import escape_vtt

pytestmark = pytest.mark.players

DRAWERS = {"mpv": draw_with_mpv, "ffmpeg": draw_with_ffmpeg, "vlc": draw_with_vlc}
AT_TOP = ["combined-srt", "combined-ass"]
MARGIN_MS = {"mpv": 450, "ffmpeg": 450, "vlc": 1_200}
"""VLC shows at eight times the speed what it shows, and drops frames."""
BELOW = (STRIP[1] + 4) * WIDTH


@pytest.fixture(scope="session")
def drawn(stage):
    """Frames by player and file, each drawn once."""
    cache = {}

    def draw(player, path):
        if (player, path) not in cache:
            cache[player, path] = DRAWERS[player](stage.video, path, stage.folder)
        return cache[player, path]

    return draw


@pytest.mark.parametrize("profile", AT_TOP)
@pytest.mark.parametrize("player", DRAWERS)
def test_headnotes_stand_at_the_top_in_their_windows(stage, drawn, player, profile):
    frames = drawn(player, stage.files[profile])
    shown, hidden = stage.note_seconds(MARGIN_MS[player])
    with_ink = [second for second in sorted(frames) if top_ink(frames[second])]
    assert len(with_ink) >= 3 * len(stage.headnotes)
    assert [second for second in frames if second in shown and second not in with_ink] == []
    assert [second for second in with_ink if second in hidden] == []


@pytest.mark.parametrize("profile", AT_TOP)
@pytest.mark.parametrize("player", DRAWERS)
def test_dialogue_stays_at_the_bottom(stage, drawn, player, profile):
    frames = drawn(player, stage.files[profile])
    shown, hidden = stage.dialogue_seconds(MARGIN_MS[player])
    with_ink = [second for second in sorted(frames) if bottom_ink(frames[second])]
    assert len(with_ink) >= 2 * len(stage.track.cues)
    assert [second for second in frames if second in shown and second not in with_ink] == []
    assert [second for second in with_ink if second in hidden] == []


@pytest.mark.parametrize("profile", AT_TOP)
@pytest.mark.parametrize("player", ["mpv", "ffmpeg"])
def test_dialogue_looks_as_it_does_without_headnotes(stage, drawn, player, profile):
    with_notes = drawn(player, stage.files[profile])
    without = drawn(player, stage.dialogue[profile])
    assert len(without) == SECONDS
    assert below(with_notes) == below(without)


@pytest.mark.parametrize("player", DRAWERS)
def test_plain_headnotes_and_dialogue_never_overlap(stage, drawn, player):
    together = drawn(player, stage.files["combined-plain"])
    dialogue = drawn(player, stage.srt)
    notes = drawn(player, stage.files["notes-plain"])
    shown, _ = stage.note_seconds(MARGIN_MS[player])
    spoken, _ = stage.dialogue_seconds(MARGIN_MS[player])
    seen = set(together) & set(dialogue) & set(notes) & set(shown) & set(spoken)
    assert seen
    apart = {at: len(bottom_ink(dialogue[at])) + len(bottom_ink(notes[at])) for at in seen}
    rows = {at: len(bottom_ink(together[at])) for at in seen}
    assert [at for at in seen if rows[at] < apart[at] - 4] == []


def test_mpv_shows_notes_as_second_track_at_the_top(stage):
    second = ("--secondary-sid=2", "--sid=1", f"--sub-file={stage.files['notes-plain']}")
    frames = draw_with_mpv(stage.video, stage.srt, stage.folder / "two", *second)
    alone = draw_with_mpv(stage.video, stage.srt, stage.folder / "one")
    shown, hidden = stage.note_seconds()
    assert [one for one in shown if not top_ink(frames[one])] == []
    assert [one for one in hidden if top_ink(frames[one])] == []
    assert below(frames) == below(alone)


@pytest.mark.parametrize("profile", AT_TOP)
@pytest.mark.parametrize("player", DRAWERS)
def test_headnote_gives_way_to_dialogue_at_the_top(stage, player, profile):
    spoken = Cue(
        number=1,
        start_ms=20_000,
        end_ms=42_000,
        text="Dialogue at the top,\nbecause the picture asks for it.",
        spoken="",
        raw="{\\an8}Dialogue at the top,\nbecause the picture asks for it.",
        is_top=True,
    )
    headnote = evolve(stage.headnotes[0], start_ms=28_000, end_ms=42_000)
    writer = next(one for one in PROFILES if one.name == profile)
    path = stage.folder / f"crowded-{player}-{profile}{writer.suffix}"
    text = render_profile(writer, evolve(stage.track, cues=(spoken,)), (headnote,))
    path.write_text(text, "utf-8")
    frames = DRAWERS[player](stage.video, path, stage.folder)
    alone = [at for at in frames if 22 <= at <= 26]
    both = [at for at in frames if 31 <= at <= 39]
    assert len(alone) >= 3 <= len(both)
    assert {tuple(top_ink(frames[at])) for at in both} == {tuple(top_ink(frames[alone[0]]))}
    assert all(bottom_ink(frames[at]) for at in both)
    assert [at for at in alone if bottom_ink(frames[at])] == []


def below(frames):
    """The lower half of each frame."""
    return {second: frame[BELOW:] for second, frame in frames.items()}


PAGE = """<!doctype html><meta charset="utf-8"><title>film</title>
<style>body {{ margin: 0; background: black }} video {{ width: 640px; height: 360px }}</style>
<video muted preload="auto" src="film.webm">{tracks}</video>
<script>
const video = document.querySelector("video"), tracks = [...document.querySelectorAll("track")];
for (const one of tracks) one.track.mode = "showing";
const seek = () => {{ video.currentTime = {second}; }};
if (video.readyState) seek(); else video.addEventListener("loadedmetadata", seek);
setInterval(() => {{
  const loaded = tracks.every((one) => one.readyState === 2 && one.track.activeCues.length);
  if (loaded && !video.seeking && video.currentTime) document.body.style.background = "white";
}}, 50);
</script>"""
TRACK = '<track kind="subtitles" srclang="en" label="{label}" src="{src}">'


def draw_page(stage, second, **tracks):
    """A page with the film at one second and these tracks showing."""
    if not (stage.folder / "film.webm").exists():
        make_video(stage.folder / "film.webm", SECONDS, "libvpx")
    written = "".join(TRACK.format(label=label, src=path.name) for label, path in tracks.items())
    page = stage.folder / f"page-{second}-{'-'.join(tracks)}.html"
    page.write_text(PAGE.format(tracks=written, second=second + 0.1), "utf-8")
    return draw_with_chromium(page, page.with_suffix(".png"), second)


@pytest.mark.parametrize("number", range(3))
def test_browser_shows_web_notes_above_and_dialogue_below(stage, number):
    dialogue = stage.folder / "dialogue.vtt"
    rows = [(cue.start_ms, cue.end_ms, escape_vtt(cue.text), "") for cue in stage.track.cues]
    dialogue.write_text(write_vtt(rows), "utf-8")
    headnote = stage.headnotes[number]
    inside = range(headnote.start_ms // 1000, headnote.end_ms // 1000 + 1)
    notes, spoken = stage.note_seconds()[0], stage.dialogue_seconds()[0]
    second = next(one for one in inside if one in notes and one in spoken)
    both = draw_page(stage, second, dialogue=dialogue, notes=stage.files["notes-web"])
    alone = draw_page(stage, second, dialogue=dialogue)
    assert top_ink(both)
    assert not top_ink(alone)
    assert bottom_ink(both) == bottom_ink(alone) != []
