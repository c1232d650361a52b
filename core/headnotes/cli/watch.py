"""`headnotes watch`: a page to watch along with, or keys for mpv."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import click

from headnotes import tracks
from headnotes.cli.commands import Command
from headnotes.cli.inputs import PATH, is_file
from headnotes.cli.marks import has_mark
from headnotes.cli.options import (
    DEFAULT_OUTPUT,
    STANDARD_OUTPUT,
    Choosing,
    Reading,
    choosing_options,
    is_typed,
    overwrite_option,
    pick,
    reading,
    recognising_options,
)
from headnotes.cli.outputs import Outputs, check_name
from headnotes.cli.printing import print_line
from headnotes.cli.publishing import make_choice, publish_files
from headnotes.cli.serving import LOOPBACK, read_address, serve_files
from headnotes.cli.session import DONE, NOTHING, Session, is_unknown, shown
from headnotes.issues import HeadnotesError, Issue, UsageError
from headnotes.model import Outcome, Track
from headnotes.scheduling import choose
from headnotes.values import frozen
from headnotes.watch import (
    INDEX,
    SCRIPT,
    find_options_file,
    find_scripts_folder,
    render_script,
    render_watch,
)

_OF_SCRIPT = frozenset({"--mpv", "--overwrite", "--verbose", "--quiet"})
"""Options that mean something where a script is written instead of pages."""


@frozen(kw_only=True)
class _Place:
    """Where pages go, the film that they play, and where they are served, if they are."""

    output: Path
    film: Path | None
    overwrite: bool
    serve: bool
    address: tuple[str, int] | None


@click.command(
    "watch",
    cls=Command,
    epilog="Example: headnotes watch subtitles/babylon-berlin/S01E04.en.srt -o along",
)
@click.argument("path", required=False, type=PATH)
@click.argument("film", required=False, type=PATH, metavar="[VIDEO]")
@recognising_options
@choosing_options
@click.option(
    "-o",
    "--output",
    type=PATH,
    default=DEFAULT_OUTPUT,
    show_default=True,
    help="Folder for the pages.",
)
@click.option(
    "--serve", is_flag=True, help="Then serve the pages and the film, to this computer alone."
)
@click.option(
    "--address",
    metavar="HOST[:PORT]",
    callback=reading(read_address, "192.168.1.5 or 192.168.1.5:8000"),
    help="Serve at this address of this computer, to all who can reach it, such as a phone.",
)
@click.option(
    "--mpv",
    is_flag=True,
    help="Put keys for notes into mpv instead, as a script that says how to use it.",
)
@overwrite_option
def command(path: Path | None, *, mpv: bool, **chosen: Any) -> int:  # noqa: ANN401  # click gives what the options say
    """Write a page to keep beside the film, for a subtitle file or a folder (default: subtitles/).

    Notes come up at their moment, by a clock that you start with the film. With VIDEO the page
    plays the film itself.
    """
    if mpv:
        _refuse_needless_options()
        return _install_script(path, is_forced=bool(chosen["overwrite"]))
    paths = (path,) if path else ()
    return watch(
        pick(Reading, {**chosen, "paths": paths}), pick(Choosing, chosen), pick(_Place, chosen)
    )


def watch(how: Reading, choosing: Choosing, place: _Place) -> int:
    """Write the pages and return the exit status."""
    _check_place(place)
    session = Session(how)
    session.check_topics(choosing)
    found = tuple(_choose_all(session, choosing))
    if place.film and len(found) > 1:
        what, hint = f"{len(found)} tracks for one film", "give the one that belongs to it"
        raise UsageError(Issue(path="VIDEO", code="several-tracks", message=what, hint=hint))
    if not found:
        return NOTHING if session.is_in_vain else session.status
    if place.film and not how.video:
        _inform_of_length(place.film, found[0].track, session)
    pages = render_watch(
        found,
        choosing.lang,
        video=_address_film(place),
        has_report=lambda name: has_mark(place.output / name),
    )
    for name in pages:
        check_name(name, "watch")
    texts = {place.output / name: text for name, text in pages.items()}
    results = publish_files(texts.items(), session, overwrite=place.overwrite, known=texts)
    written = [page for page, is_there in results.items() if is_there]
    if not written:
        return NOTHING
    first = place.output / (INDEX if INDEX in pages else next(iter(pages)))
    session.inform(f"{len(written)} page(s) in {shown(place.output)}; open {shown(first)}")
    if place.serve or place.address:
        files = {"/": first, **{f"/{page.name}": page for page in written}}
        serve_files(files | _find_film(first, place), place.address or (LOOPBACK, 0))
    return session.status


def _choose_all(session: Session, choosing: Choosing) -> Iterator[Outcome]:
    """Yield what pages are about; a track that no note could be about gets none."""
    choice = make_choice(choosing)
    for _, outcome in session.outcomes():
        if is_unknown(outcome):
            if outcome.work is not None:  # else it has been said
                session.inform(f"{session.name_track(outcome)}: nothing to note; no page written")
            continue
        chosen = choose(outcome, choice)
        if outcome.annotations and not chosen.annotations:
            what = "none of its notes is as asked, so its page has none"
            session.inform(f"{session.name_track(outcome)}: {what}")
        yield chosen


def _inform_of_length(film: Path, track: Track, session: Session) -> None:
    """Print where the subtitles do not fit the film that the page plays.

    No page needs ffmpeg for playing: what cannot be measured is not compared.
    """
    with suppress(HeadnotesError):
        if misfit := tracks.compare_lengths(track, tracks.measure_film(film)):
            session.inform(str(misfit))


def _refuse_needless_options() -> None:
    """Refuse options that were typed and say something of pages, where there is to be none."""
    options = (each for each in command.params if isinstance(each, click.Option))
    typed = [max(each.opts, key=len) for each in options if is_typed(str(each.name))]
    if needless := [name for name in typed if name not in _OF_SCRIPT]:
        what = "--mpv writes a script into mpv's folder, and no page"
        hint = "leave it out; notes in mpv go by your settings file"
        raise UsageError(
            Issue(path=", ".join(needless), code="needless-option", message=what, hint=hint)
        )


def _install_script(path: Path | None, *, is_forced: bool) -> int:
    """Put the script where mpv loads it, and print how to use it and how to be rid of it.

    Raises:
        UsageError: a file was named, too, or there is a script that Headnotes did not write.
    """
    if path:
        what, hint = "--mpv is for all films", "give no file; the keys work on the film that plays"
        raise UsageError(Issue(path=shown(path), code="needless-file", message=what, hint=hint))
    place = find_scripts_folder(os.environ) / SCRIPT
    Outputs((), is_ours=has_mark, overwrite=is_forced).publish(place, render_script(), SCRIPT)
    for line in (
        f"keys for mpv: {shown(place)}; to remove them, delete this file",
        f"they call this installation: {shown(Path(sys.executable))}; if it moves, do this again",
        "h: notes on, off; H: all notes of this passage; n, N: next, previous; Alt+h: the report",
        f"with every film: write auto=yes into {shown(find_options_file(os.environ))}",
    ):
        print_line(line)
    return DONE


def _find_film(page: Path, place: _Place) -> dict[str, Path]:
    """Return the film by the path under which a served page asks for it."""
    if place.film is None:
        return {}
    asked = urljoin(f"http://host/{quote(page.name)}", _address_film(place))
    return {unquote(urlsplit(asked).path): place.film}


def _check_place(place: _Place) -> None:
    """Refuse standard output, and a film that is not there."""
    if str(place.output) == STANDARD_OUTPUT:
        what, hint = "pages are files that a browser opens", "give a folder"
        raise UsageError(Issue(path="-o -", code="file-for-stream", message=what, hint=hint))
    if place.film and not is_file(place.film):
        what, hint = f"{place.film.name!r} is not a file", "give the film"
        raise UsageError(Issue(path="VIDEO", code="no-file", message=what, hint=hint))


def _address_film(place: _Place) -> str:
    """Return the film's address as seen from the pages; empty where it plays elsewhere."""
    if place.film is None:
        return ""
    return quote(os.path.relpath(place.film, place.output))
