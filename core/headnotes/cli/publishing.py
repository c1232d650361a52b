"""What commands that write pages share: the choice of notes, their language, files put in place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from headnotes.cli.marks import has_mark
from headnotes.cli.options import Choosing
from headnotes.cli.outputs import Outputs
from headnotes.cli.session import Session
from headnotes.issues import UsageError
from headnotes.languages import common_language
from headnotes.model import Choice, Outcome


def make_choice(choosing: Choosing, seen: str | None = None) -> Choice:
    """Return what the options ask for."""
    return Choice(
        topics=choosing.topic,
        verdicts=choosing.verdict,
        min_weight=choosing.min_weight,
        seen=seen,
    )


def choose_page_language(outcomes: tuple[Outcome, ...], choosing: Choosing) -> str:
    """Return the language of the page: as asked, else that of the dialogue, else English."""
    return choosing.lang or common_language(outcome.track.language for outcome in outcomes)


def publish_files(
    files: Iterable[tuple[Path, str]],
    session: Session,
    *,
    overwrite: bool,
    known: Iterable[Path] = (),
) -> dict[Path, bool]:
    """Publish files one by one and return which of them are there; what fails is printed.

    Args:
        files: places and whole texts, taken one at a time.
        session: hears of what cannot be written.
        overwrite: whether files that are not ours may be replaced.
        known: places known beforehand: what two of them want is refused to both.
    """
    outputs = Outputs(session.inputs, is_ours=has_mark, overwrite=overwrite)
    for place in known:
        outputs.claim(place, place.name)
    return {place: _publish(outputs, place, text, session) for place, text in files}


def _publish(outputs: Outputs, place: Path, text: str, session: Session) -> bool:
    """Publish a file; whether it is there, and if not, why is said."""
    try:
        outputs.publish(place, text, place.name)
    except UsageError as error:
        for problem in error.issues:
            session.fail(problem)
        return False
    return True
