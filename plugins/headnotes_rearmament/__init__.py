"""Plugin: secret rearmament and its Soviet bases, as data in `topic.toml` and one note by code.

Over Lipetsk there is more to say than a viewer can read in that one scene. So one note waits
until the talk comes back to the airfield: a line that names it, after the flight, after a long
silence. An anchor finds words that are spoken together; what was spoken of before, only code can
know.
"""

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from headnotes import Annotation, Cue, Episode, Evidence, Moment, Topic, Track, hookimpl

TOPIC = "rearmament"
NOTE = "other-hidden-schools"

SILENCE_MS = 10_000
"""A silence this long ends the flight, as it ends a scene elsewhere in Headnotes."""

WINDOW_MS = 180_000
"""How far back the talk may lie: the scene, with pauses in it."""

IDEAS_WANTED = 5
IDEAS_WANTED_ELSEWHERE = 6
"""So many of the ideas below are the flight itself, and no passing mention. Ours."""

_IDEAS = {
    "the airfield": "lipe[zt]|airfield|airbase|aerodrome|hangar|runway|flying school"
    "|flugpl[aä]tz|flugfeld|flugzeughalle|rollfeld|rollbahn|landebahn|fliegerschul",
    "aircraft": r"planes?\b|aeroplanes?\b|airplanes?\b|aircraft|fokker|heinkel|junkers|biplane"
    r"|fighters?\b|flugzeug|doppeldecker|jagdflieger|bomber",
    "whose it is": "german|soviet|russia|moscow|deutsch|sowjet|russ[ei]|moskau|bolsch",
    "what may not be": "air force|air fleet|forbidden|banned|secret|versailles|luftwaffe"
    "|luftflotte|verboten|geheim",
    "pictures": r"photo|picture|camera|lens|plates?\b|click|foto|bild|kamera|linse|platte"
    "|knips|aufnahme",
    "a count": r"how many|count\b|twenty|thirty|forty|fifty|dozen|wie viele|zähl|zwanzig"
    "|dreißig|vierzig|fünfzig|dutzend",
    "shots": "shoot|shot at|firing|they fire|machine gun|schie[sß]|beschuss|zielen",
}
_HEADS = {
    idea: [head[0] for head in map(re.compile(r"[\w ]+(?!\?)").match, words.split("|")) if head]
    for idea, words in _IDEAS.items()
}
"""What each word begins with: where none of it is in a text, no pattern need go through that."""
_AIRFIELD = "the airfield"
_PLACES = {_AIRFIELD, "aircraft"}
_OWNERS = "whose it is"


class _Talk:
    """What is spoken of in each cue of a track, looked for in all cues at once.

    An idea is looked for when it is asked for: where nobody speaks of airfield or aircraft, as in
    nearly all episodes, nothing else is.
    """

    def __init__(self, cues: Sequence[Cue]) -> None:
        folded = [" ".join(cue.spoken.casefold().split()) for cue in cues]
        self._text = "\n".join(folded)
        self._starts = [0, *accumulate(len(text) + 1 for text in folded)]
        self._found: dict[str, list[int]] = {}

    def of(self, idea: str) -> list[int]:
        """Return the positions of the cues that have an idea, each once, in order."""
        if not any(map(self._text.__contains__, _HEADS[idea])):
            return []
        if idea not in self._found:
            words = re.compile(rf"\b(?:{_IDEAS[idea]})").finditer(self._text)
            cues = (bisect_right(self._starts, word.start()) - 1 for word in words)
            self._found[idea] = list(dict.fromkeys(cues))
        return self._found[idea]


@hookimpl
def provide_topics() -> list[Path]:
    """Bring the folder of this plugin."""
    return [Path(__file__).parent]


@hookimpl
def annotate_track(
    track: Track, episode: Episode, topics: Mapping[str, Topic]
) -> Iterable[Annotation]:
    """Attach the note on the other schools where the talk comes back to the airfield."""
    topic = topics.get(TOPIC)  # not there while topic.toml has mistakes
    if topic is None:
        return []
    note = next(note for note in topic.notes if note.id == NOTE)
    is_elsewhere = bool(episode.ids) and not set(episode.ids).intersection(note.episodes)
    wanted = IDEAS_WANTED_ELSEWHERE if is_elsewhere else IDEAS_WANTED
    moment = find_return(track.by_time, wanted)
    return [] if moment is None else [Annotation(topic=TOPIC, note=note, moment=moment)]


def find_return(cues: Sequence[Cue], wanted: int) -> Moment | None:
    """Find the line that comes back to the airfield after the flight.

    Args:
        cues: by time.
        wanted: how many ideas the talk of the flight must have had.

    Returns:
        The moment of that line; of the last line before the silence that ends the flight, where
        nobody comes back to it; `None` where there is no flight.
    """
    talk = _Talk(cues)
    if not any(map(talk.of, sorted(_PLACES))):
        return None
    flight = next(_find_flights(cues, talk, wanted), None)
    if flight is None:
        return None
    end, ideas = flight
    strength = round(1 - 2 ** -(len(ideas) / wanted), 4)
    for position in talk.of(_AIRFIELD):
        if position > end:
            rule = "the airfield, spoken of again after the flight"
            return _moment(cues[position], rule, strength)
    return _moment(cues[end], f"silence after talk of {', '.join(ideas)}", strength)


def _find_flights(cues: Sequence[Cue], talk: _Talk, wanted: int) -> Iterator[tuple[int, list[str]]]:
    """Find silences after enough talk: position of the last line before, and the ideas in it.

    Airfield or aircraft, and whose they are, must be among the ideas.
    """
    ideas_of: dict[int, list[str]] = defaultdict(list)
    for idea in _IDEAS:
        for position in talk.of(idea):
            ideas_of[position].append(idea)
    heard: deque[tuple[int, str]] = deque()
    latest_end_ms = 0
    for position, (cue, following) in enumerate(pairwise(cues)):
        heard += [(cue.start_ms, idea) for idea in ideas_of.get(position, ())]
        while heard and heard[0][0] < cue.start_ms - WINDOW_MS:
            heard.popleft()
        latest_end_ms = max(latest_end_ms, cue.end_ms)
        if following.start_ms - latest_end_ms < SILENCE_MS:
            continue
        ideas = list(dict.fromkeys(idea for _, idea in heard))
        if len(ideas) >= wanted and _OWNERS in ideas and not _PLACES.isdisjoint(ideas):
            yield position, ideas


def _moment(cue: Cue, rule: str, strength: float) -> Moment:
    return Moment(
        start_ms=cue.start_ms,
        end_ms=cue.end_ms,
        first_cue=cue.number,
        last_cue=cue.number,
        strength=strength,
        evidence=(Evidence(cue=cue.number, term=rule, text=" ".join(cue.spoken.split())),),
    )
