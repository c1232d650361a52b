"""Which annotations a viewer wants on screen, and which are kept back from them.

The data of an outcome holds every annotation; only tracks, pages and reports hold back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import Literal

from headnotes.issues import Issue, UsageError
from headnotes.model import Annotation, Choice, Episode, EpisodeId, Note, Outcome, Reason
from headnotes.values import evolve, frozen

LeftOutKind = Literal["filter", "spoiler", "text", "dialogue", "room"]
"""What keeps a note off the screen.

`filter`: the viewer's own options; `spoiler`: it gives away a later episode; `text`: its line
cannot be shown; `dialogue`: too short a passage or too much speech; `room`: other headnotes.
"""


@frozen(kw_only=True)
class LeftOut:
    """An annotation that is not on screen.

    Attributes:
        kind: a slug for counting; stays the same from version to version.
        reason: why, to be put into words where it is shown.
    """

    annotation: Annotation
    kind: LeftOutKind
    reason: Reason


@frozen(kw_only=True)
class Selection:
    """Annotations to show and annotations kept back, each in the order given."""

    kept: tuple[Annotation, ...]
    kept_back: tuple[LeftOut, ...]


def select(  # noqa: PLR0913 - one keyword for each option of the command line
    annotations: Iterable[Annotation],
    *,
    topics: Collection[str] = (),
    verdicts: Collection[str] = (),
    min_weight: int = 1,
    seen: str | None = None,
    episode: Episode | None = None,
) -> Selection:
    """Return the annotations that the viewer asked for and may know of, and those kept back.

    Args:
        annotations: in any order.
        topics: ids; empty for all.
        verdicts: verdict slugs, or `context` for notes that judge nothing; empty for all.
        min_weight: 1 to 3.
        seen: how far the viewer has seen, `SxxEyy` or `all`; `None` for this episode.
        episode: what the track belongs to; where it is unknown, no spoiler is shown.

    Raises:
        UsageError: `seen` is neither an episode nor `all`.
    """
    horizon = _horizon(seen, episode)
    kept: list[Annotation] = []
    kept_back: list[LeftOut] = []
    for annotation in annotations:
        reason = _filtered(annotation.topic, annotation.note, topics, verdicts, min_weight)
        if reason:
            kept_back.append(LeftOut(annotation=annotation, kind="filter", reason=reason))
        elif not _may_be_shown(annotation.note, horizon):
            reason = Reason("later-episode", {"episode": str(annotation.note.spoiler)})
            kept_back.append(LeftOut(annotation=annotation, kind="spoiler", reason=reason))
        else:
            kept.append(annotation)
    return Selection(kept=tuple(kept), kept_back=tuple(kept_back))


def choose(outcome: Outcome, choice: Choice) -> Outcome:
    """Return of an outcome what its reader asked for.

    Of other topics nothing stays. What else is not wanted is set aside, so that it still counts;
    spoilers stay, reports fold or mark them themselves. Of what was set aside before, some may be
    wanted now.

    Raises:
        UsageError: `choice.seen` is neither an episode nor `all`.
    """
    _horizon(choice.seen, outcome.episode)
    placed = (*outcome.annotations, *outcome.set_aside)
    in_order = sorted(placed, key=attrgetter("reading_order"))
    asked = [item for item in in_order if is_asked(item.topic, choice)]
    return evolve(
        outcome,
        annotations=tuple(item for item in asked if is_wanted(item.note, choice)),
        set_aside=tuple(item for item in asked if not is_wanted(item.note, choice)),
        unplaced=tuple(
            item
            for item in outcome.unplaced
            if is_asked(item.topic, choice) and is_wanted(item.note, choice)
        ),
        topics={name: topic for name, topic in outcome.topics.items() if is_asked(name, choice)},
        choice=choice,
    )


def is_asked(topic: str, choice: Choice) -> bool:
    """Whether a reader asked for a topic."""
    return not choice.topics or topic in choice.topics


def is_wanted(note: Note, choice: Choice) -> bool:
    """Whether a reader wants notes of this verdict and weight, of the topics asked."""
    return _filtered("", note, (), choice.verdicts, choice.min_weight) is None


def _filtered(
    topic: str, note: Note, topics: Collection[str], verdicts: Collection[str], min_weight: int
) -> Reason | None:
    """Return which of the viewer's filters a note of a topic fails; `None` where it passes all."""
    if topics and topic not in topics:
        return Reason("other-topic")
    if verdicts and (note.verdict or "context") not in verdicts:
        return Reason("other-verdict")
    if note.weight < min_weight:
        return Reason("low-weight", {"weight": note.weight, "least": min_weight})
    return None


def _horizon(seen: str | None, episode: Episode | None) -> EpisodeId | Literal["all"] | None:
    if seen == "all":
        return "all"
    if seen is not None:
        try:
            return EpisodeId.parse(seen)
        except ValueError as error:
            hint = "write it like S02E03, or 'all'"
            issue = Issue(path="--seen", code="bad-episode", message=str(error), hint=hint)
            raise UsageError(issue) from None
    # whoever plays a file of two episodes sees both
    return max(episode.ids, default=None) if episode else None


def gives_away(note: Note, outcome: Outcome) -> bool:
    """Whether a note tells of an episode beyond those that its reader has seen.

    Who does not say otherwise has seen those of the file; if they are unknown, none.
    """
    return not _may_be_shown(note, _horizon(outcome.choice.seen, outcome.episode))


def _may_be_shown(note: Note, horizon: EpisodeId | Literal["all"] | None) -> bool:
    spoiler = note.spoiler
    if not spoiler or horizon == "all":
        return True
    return horizon is not None and spoiler <= horizon
