"""The ASS profile: dialogue at the bottom, headnotes at the top in a box, labels in colour.

Colours follow the ITC rule for text on video (white, yellow, cyan and green on black); there are
fewer of them than verdicts, and none means anything without its word.

Source: the format as libass reads it (libass wiki, "ASS File Format Guide"); ITC Guidance on
Standards for Subtitling, 1999, on colours.
"""

from __future__ import annotations

from collections.abc import Mapping

from headnotes.model import Cue, Headnote, Track
from headnotes.profiles.dialogue import write_ass_cue
from headnotes.profiles.escapes import escape_ass
from headnotes.profiles.rows import find_crowded, merge_rows
from headnotes.profiles.script import find_line, open_script
from headnotes.times import clock_parts

_WHITE, _YELLOW, _CYAN, _GREEN = "&HFFFFFF&", "&H00FFFF&", "&HFFFF00&", "&H00FF00&"
_COLOURS: Mapping[str, str] = {
    "accurate": _GREEN,
    "mostly-accurate": _CYAN,
    "mostly-inaccurate": _YELLOW,
    "inaccurate": _YELLOW,
    "invented": _WHITE,
    "unverified": _WHITE,
    "context": _WHITE,
}
"""By verdict, blue before green before red as ASS writes colours."""


def write_combined_ass(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue and headnotes; times are rounded to the 10 ms that ASS counts.

    An ASS track keeps its styles, its fonts and the raw text of its events.
    """
    script = open_script(track)
    crowded = find_crowded(track, headnotes)

    def write_cue(cue: Cue) -> str:
        times = _write_times(cue.start_ms, cue.end_ms)
        if script.is_own:
            text = cue.raw.replace("\n", r"\N")
            fields = script.read_event(find_line(track, cue))
            return script.write_event({**fields, **times, "text": text})
        place = r"{\an8}" if cue.is_top else ""
        text = write_ass_cue(cue, track.format)
        return script.write_event({**times, "text": place + text})

    def write_headnote(headnote: Headnote) -> str:
        place = r"{\an2}" if headnote.start_ms in crowded else ""
        colour = _COLOURS[headnote.annotation.note.verdict or "context"]
        label, text = escape_ass(headnote.label), escape_ass(headnote.text)
        marked = f"{place}{{\\c{colour}}}{label}{{\\c}}{text.removeprefix(label)}"
        times = _write_times(headnote.start_ms, headnote.end_ms)
        return script.write_event({**times, "style": script.note_style, "text": marked})

    rows = merge_rows(track, headnotes, write_cue, write_headnote)
    return script.head + "".join(text for *_, text in rows) + script.tail


def _write_times(start_ms: int, end_ms: int) -> Mapping[str, str]:
    return {"start": _write_time(start_ms), "end": _write_time(end_ms)}


def _write_time(time_ms: int) -> str:
    hours, minutes, seconds, millis = clock_parts((time_ms + 5) // 10 * 10)
    return f"{hours}:{minutes:02d}:{seconds:02d}.{millis // 10:02d}"
