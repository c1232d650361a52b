"""One short film with dialogue and headnotes, written in every profile."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve, frozen
from frames import make_video

from headnotes.model import Annotation, Cue, Headnote, Moment, NoteText, Track, Verdict
from headnotes.profiles import PROFILES, render_profile
from headnotes.scheduling import schedule
from made_outcomes import make_note

SECONDS = 76
DIALOGUE = (
    (2_500, 6_500, "Two women. On the balcony.\nThey only wanted to see."),
    (8_500, 12_500, "Who told you that?"),
    (15_500, 19_500, "- The whole street.\n- The whole street talks too much."),
    (22_500, 26_500, "And the doctor?"),
    (28_500, 32_500, "Dr. Völcker signs what he is given."),
    (34_500, 38_500, "Then we need another doctor."),
    (54_500, 58_500, "<i>The march is forbidden.</i>"),
    (60_500, 64_500, "<i>Attention. Stay away\nfrom the windows.</i>"),
    (67_500, 71_500, "Come away from there."),
)
NOTES: tuple[tuple[int, Verdict | None, str], ...] = (
    (1, "mostly-accurate", "Two women died at one address, Hermannstrasse 177, on 3 May 1929"),
    (4, "invented", "No Dr. Völcker; a Communist doctor in Neukölln was real"),
    (7, None, "The ban on marches had stood since December 1928"),
)


@frozen
class Stage:
    """The film: its folder, video, track, headnotes, and a file per profile name.

    `dialogue` is the dialogue alone, written by the same profile; `srt` the input.
    """

    folder: Path
    video: Path
    track: Track
    headnotes: tuple[Headnote, ...]
    files: dict[str, Path]
    dialogue: dict[str, Path]
    srt: Path

    def note_seconds(self, margin_ms=450):
        """Seconds with a headnote and seconds without, both well off its start and end."""
        return sort_seconds(self.headnotes, margin_ms)

    def dialogue_seconds(self, margin_ms=450):
        """Seconds with dialogue and seconds without, both well off its start and end."""
        return sort_seconds(self.track.cues, margin_ms)


def sort_seconds(timed, margin_ms):
    inside, outside = [], []
    for second in range(SECONDS):
        at = 1_000 * second
        if any(one.start_ms + margin_ms < at < one.end_ms - margin_ms for one in timed):
            inside.append(second)
        elif all(at < one.start_ms - margin_ms or at > one.end_ms + margin_ms for one in timed):
            outside.append(second)
    return inside, outside


def make_track(name="film.en.srt"):
    cues = []
    for number, (start_ms, end_ms, raw) in enumerate(DIALOGUE, start=1):
        text = raw.replace("<i>", "").replace("</i>", "")
        cues.append(
            Cue(number=number, start_ms=start_ms, end_ms=end_ms, text=text, spoken=text, raw=raw)
        )
    return Track(name=name, format="srt", language="en", cues=tuple(cues))


def make_annotations(track):
    made = []
    for number, verdict, line in NOTES:
        cue = track.cues[number - 1]
        moment = Moment(
            start_ms=cue.start_ms,
            end_ms=cue.end_ms,
            first_cue=number,
            last_cue=number,
            strength=1.0,
        )
        text = NoteText(headnote=line, shown="", record="")
        note = evolve(make_note(f"note-{number}", verdict), texts={"en": text})
        made.append(Annotation(topic="blutmai", note=note, moment=moment))
    return made


def make_stage(folder):
    """Write the film and all its files into a folder."""
    track = make_track()
    planned = schedule(track, make_annotations(track), density="dense")
    assert planned.left_out == ()
    files, dialogue = {}, {}
    for profile in PROFILES:
        files[profile.name] = folder / f"{profile.name}{profile.suffix}"
        text = render_profile(profile, track, planned.headnotes)
        files[profile.name].write_text(text, "utf-8")
        dialogue[profile.name] = folder / f"{profile.name}.dialogue{profile.suffix}"
        dialogue[profile.name].write_text(render_profile(profile, track, ()), "utf-8")
    return Stage(
        folder=folder,
        video=make_video(folder / "film.mkv", SECONDS),
        track=track,
        headnotes=planned.headnotes,
        files=files,
        dialogue=dialogue,
        srt=dialogue["combined-plain"],
    )
