"""Writing a track back into the file it came from.

A cue that is as it was read keeps its block to the byte, and so does all that stands before a
kept block: comments, styles, blank lines. Only changed and new cues are written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from headnotes.model import Cue


def splice_cues(
    source: str,
    original: Sequence[Cue],
    cues: Iterable[Cue],
    render: Callable[[Cue, str], str],
    gap: str,
) -> str:
    """Put cues into the text that they, or some of them, were read from.

    Args:
        source: the decoded file.
        original: its cues as read, in file order, each with its span.
        cues: the cues to write, in the order to write them.
        render: one cue, and the block it was read from or nothing, to its new block, line end
            included.
        gap: what stands between two blocks where the source has nothing to say.
    """
    spans = [cue.span for cue in original if cue.span]
    known = dict(zip(spans, original, strict=True))
    ends = [end for _, end in spans]
    leads = {span: source[end : span[0]] for end, span in zip(ends, spans[1:], strict=False)}
    pieces = [source[: spans[0][0]] if spans else source]
    for place, cue in enumerate(cues):
        span = cue.span if cue.span in known else None
        block = source[slice(*span)] if span else ""
        if place:
            pieces.append(leads.get(span, gap) if span else gap)
        pieces.append(block if span and known[span] == cue else render(cue, block))
    pieces.append(source[ends[-1] :] if ends else "")
    return "".join(pieces)
