"""`headnotes new`: first files of a topic of your own, or of a work to write about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import click

import headnotes
from headnotes.anchoring import index_track
from headnotes.authoring import package_files, topic_files, work_files
from headnotes.cli.commands import Command
from headnotes.cli.inputs import PATH, is_file
from headnotes.cli.options import DEFAULT_INPUT
from headnotes.cli.outputs import publish_folder
from headnotes.cli.places import OWN_TOPICS, open_registry
from headnotes.cli.printing import print_line
from headnotes.issues import Issue, UsageError, near_name
from headnotes.matching import Matcher
from headnotes.model import SLUG_PATTERN, Topic, Work
from headnotes.recognition import hints_of_path, recognise_episode
from headnotes.registry import Registry
from headnotes.topics import WORK_FILE, shown_path
from headnotes.tracks import TRACK_SUFFIXES, read_file_name

MANY_FILES = 500
"""Among so many tracks one to try the topic on is looked for; more would be a wait."""


@click.command("new", cls=Command, epilog="Example: headnotes new weimar-cinema")
@click.argument("name", required=False)
@click.option("--python", "is_package", is_flag=True, help="A Python package to install, instead.")
@click.option(
    "--work",
    metavar="ID",
    help="What the notes are about. [default: the only one known] Without NAME: begin this work.",
)
@click.option(
    "-o",
    "--output",
    type=PATH,
    help="Folder to put it in. [default: topics/; with --python this one]",
)
def command(name: str | None, work: str | None, output: Path | None, *, is_package: bool) -> int:
    """Write the first files of a topic called NAME, or of a new work, to be changed and tried.

    Without NAME, --work ID begins the description of a film or series that is not known yet.
    """
    registry = open_registry()
    if name is None:
        return _begin_work(work, registry, output)
    _refuse_name(name, registry)
    about = _find_work(work, registry)
    if is_package:
        folder = (output or Path()) / f"headnotes-{name}"
        own = _find_own_file(about, registry)
        text = own.read_text(encoding="utf-8") if own else None
        _write_folder(folder, package_files(name, about, headnotes.__version__, text))
        if own:
            print_line(f"{own} is copied into {folder}/; change the copy, remove the original")
        print_line(f"{folder}/ written; install it, and try:")
        print_line(f'  pip install -e "{folder}[test]"')
        print_line(f"  headnotes check {folder}")
        print_line(f"  pytest {folder}")
        return 0
    folder = (output or OWN_TOPICS) / name
    _write_folder(folder, topic_files(name, about))
    print_line(f"{folder}/ written; change topic.toml in it, and try:")
    elsewhere = _name_elsewhere(output)
    print_line(f"  headnotes check{f' {folder}' if elsewhere else ''}")
    print_line(f"  headnotes preview {_suggest_track(about) or 'TRACK'}{elsewhere}")
    return 0


def _begin_work(name: str | None, registry: Registry, output: Path | None) -> int:
    """Write the first files of a work.

    Raises:
        UsageError: there is no name, or it will not do.
    """
    if name is None:
        hint = "`headnotes new NAME` begins a topic, `headnotes new --work ID` a film or series"
        raise UsageError(
            Issue(path="name", code="missing-option", message="no name is given", hint=hint)
        )
    _refuse_name(name, registry)
    folder = (output or OWN_TOPICS) / name
    _write_folder(folder, work_files(name))
    elsewhere = _name_elsewhere(output)
    print_line(f"{folder}/ written; change work.toml in it, and try:")
    print_line(f"  headnotes check{f' {folder}' if elsewhere else ''}")
    print_line(f"  headnotes preview TRACK{elsewhere}")
    print_line(f"  headnotes new NAME --work {name}")
    return 0


def _name_elsewhere(output: Path | None) -> str:
    """Return the option by which commands find a folder that is not the usual one."""
    return f" --topics-dir {output}" if output not in (None, OWN_TOPICS) else ""


def _refuse_name(name: str, registry: Registry) -> None:
    """Refuse what is not a slug, or is taken.

    Args:
        name: what the user calls it.
        registry: what there is already.

    Raises:
        UsageError: with a name that would do.
    """
    if not re.fullmatch(SLUG_PATTERN, name):
        slug = "-".join(re.findall("[a-z0-9]+", _fold_accents(name)))
        hint = "use small letters, digits and single hyphens"
        raise UsageError(
            Issue(
                path="name",
                code="bad-name",
                message=repr(name),
                hint=f"{hint}: {slug}" if slug else hint,
            )
        )
    known: dict[str, Topic | Work] = {**registry.works, **registry.topics}
    if name in known:
        message = f"{name!r} already exists, from {registry.origin_of(known[name])}"
        raise UsageError(
            Issue(path="name", code="taken-name", message=message, hint="choose another name")
        )


def _fold_accents(name: str) -> str:
    """Return a name in small letters without their accents; those of other alphabets stay."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _find_work(name: str | None, registry: Registry) -> Work:
    """Return the work that a user names, or the only one there is.

    Raises:
        UsageError: it is unknown, or there is a choice.
    """
    known = registry.works
    if name is None and len(known) == 1:
        return next(iter(known.values()))
    if name is None:
        choice = " | ".join(known)
        hint = f"give it with --work: {choice}" if known else "`headnotes new --work ID` begins it"
        raise UsageError(
            Issue(
                path="--work",
                code="missing-option",
                message="which work is the topic about",
                hint=hint,
            )
        )
    if name not in known:
        raise UsageError(_describe_unknown(name, known))
    return known[name]


def _find_own_file(work: Work, registry: Registry) -> Path | None:
    """Return the file that describes a work, where it is the user's own and in no package."""
    origins = {part.origin for part in registry.parts if part.id == work.id and not part.extends}
    files = (plugin.folder / WORK_FILE for plugin in registry.plugins if plugin.folder)
    return next((file for file in files if shown_path(file) in origins and is_file(file)), None)


def _describe_unknown(name: str, known: Mapping[str, Work]) -> Issue:
    near = near_name(name, [*known])
    hint = f"{near}known: {', '.join(known) or 'none'}; `headnotes new --work {name}` begins it"
    return Issue(path="--work", code="unknown-work", message=f"unknown {name!r}", hint=hint)


def _suggest_track(work: Work) -> Path | None:
    """Find a track at hand, by its name, in which the first note shows."""
    episodes = {episode for depiction in work.depictions[:1] for episode in depiction.episodes}
    empty = index_track((), Matcher(()), None)  # its name alone decides
    found: dict[str | None, Path] = {}
    files = (
        file for file in Path(DEFAULT_INPUT).rglob("*") if file.suffix.lower() in TRACK_SUFFIXES
    )
    for file in sorted(islice(files, MANY_FILES)):
        episode = recognise_episode((work,), hints_of_path(file), empty)
        if episode.work and (episode.is_film or episodes.intersection(episode.ids)):
            found.setdefault(read_file_name(file).language, file)
    return found.get("en") or next(iter(found.values()), None)


def _write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files of a new folder, all or none.

    Args:
        folder: not there yet.
        texts: by file name; a name may have folders.

    Raises:
        UsageError: it exists already, or cannot be written.
    """
    if folder.exists():
        hint = "choose another name, or another place with -o"
        raise UsageError(
            Issue(path=str(folder), code="existing-folder", message="already exists", hint=hint)
        )
    try:
        publish_folder(folder, texts)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = "choose another folder with -o"
        raise UsageError(
            Issue(
                path=str(folder),
                code="unwritable",
                message=f"cannot be written: {reason}",
                hint=hint,
            )
        ) from error
