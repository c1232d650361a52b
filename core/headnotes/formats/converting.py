"""Texts of every format as SubRip has them, for tracks that carry the dialogue on."""

from __future__ import annotations

from headnotes.model import Cue


def srt_text(cue: Cue, format_name: str) -> str:
    """Give the text of a cue as a SubRip file may hold it.

    Args:
        cue: as read.
        format_name: of the track it was read from.

    Returns:
        SubRip's own text unchanged. Of other formats italic, bold and underlined stay, all else
        becomes plain characters; of a format that we do not know only the characters stay.
    """
    from headnotes.formats.styled_text import convert_vtt_text, join_pieces, read_ass_pieces

    match format_name:
        case "srt" | "ttml":  # the TTML reader has given its cues the tags of SubRip
            return cue.raw
        case "webvtt":
            return convert_vtt_text(cue.raw)
        case "ass":
            return join_pieces(read_ass_pieces(cue.raw), with_tags=True)
        case _:
            return cue.text
