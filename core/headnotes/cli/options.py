"""Options with one meaning in all commands, and the values they give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from headnotes.cli.inputs import PATH
from headnotes.languages import find_labelled
from headnotes.model import LANGUAGE_PATTERN, VERDICTS_TO_CHOOSE, EpisodeId
from headnotes.tracks import read_frame_rate, read_rate, read_shift
from headnotes.values import fields_of, frozen

if TYPE_CHECKING:
    from fractions import Fraction

Command = TypeVar("Command", bound=Callable[..., Any])
Options = TypeVar("Options")
Value = TypeVar("Value")

DEFAULT_INPUT = "subtitles"
DEFAULT_OUTPUT = "headnotes-out"
STANDARD_OUTPUT = "-"


@frozen(kw_only=True)
class Reading:
    """How tracks are found, read and recognised: the options of every command that reads some."""

    paths: tuple[Path, ...]
    work: str | None = None
    any_work: bool = False
    episode: EpisodeId | None = None
    encoding: str | None = None
    stream: int | None = None
    shift: int | None = None
    rate: Fraction | None = None
    fps: Fraction | None = None
    video: Path | None = None
    topics_dir: tuple[Path, ...] = ()
    jobs: int | None = 1
    verbose: bool = False
    quiet: bool = False


@frozen(kw_only=True)
class Choosing:
    """Which notes are wanted, and in which language."""

    lang: str | None = None
    topic: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    min_weight: int = 1


def pick(kind: type[Options], chosen: Mapping[str, Any]) -> Options:
    """Make one group of options from all that click gives a command."""
    names = (field.name for field in fields_of(kind))
    return kind(**{name: chosen[name] for name in names if name in chosen})


def is_typed(name: str) -> bool:
    """Whether an option of the running command was typed, and is not from settings or defaults.

    Args:
        name: of the parameter, as the command takes it.
    """
    source = click.get_current_context().get_parameter_source(name)
    return source is ParameterSource.COMMANDLINE


class _VerdictChoice(click.Choice[str]):
    """A choice of verdicts that knows what they are called on screen."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the verdict; refuse the word of a label with the verdict it stands for."""
        if value not in VERDICTS_TO_CHOOSE:
            verdict = find_labelled(value)
            name = verdict if verdict in VERDICTS_TO_CHOOSE else "context"
            if verdict:
                self.fail(f"{value!r} is called {name!r} here", param, ctx)
        return str(super().convert(value, param, ctx))


def _matching(pattern: str, like: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Return a callback that refuses a value which does not fit a pattern."""

    def check(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(pattern, value):
            raise click.BadParameter(f"{value!r} is not valid; use {like}")
        return value

    return check


def _parse_episode(_: click.Context, __: click.Parameter, value: str | None) -> EpisodeId | None:
    """Read an episode in any way people write one."""
    try:
        return None if value is None else EpisodeId.parse(value)
    except ValueError as error:
        raise click.BadParameter(f"{error}; write it as S01E04") from None


def reading(
    read: Callable[[str], Value], like: str
) -> Callable[[click.Context, click.Parameter, Any], Value | None]:
    """Return a callback that reads a value, and shows how to write one that it cannot read."""

    def check(_: click.Context, __: click.Parameter, value: str | None) -> Value | None:
        try:
            return None if value is None else read(value)
        except ValueError as error:
            raise click.BadParameter(f"{error}; write it as {like}") from None

    return check


def reading_options(command: Command) -> Command:
    """Add PATH... and the options of `Reading`."""
    paths = click.argument("paths", nargs=-1, type=PATH)
    return paths(recognising_options(command))


def recognising_options(command: Command) -> Command:
    """Add the options of `Reading` but the paths."""
    for option in reversed(_RECOGNISING):
        command = option(command)
    return command


def choosing_options(command: Command) -> Command:
    """Add the options of `Choosing`."""
    for option in reversed(
        (
            lang_option,
            click.option(
                "--topic",
                multiple=True,
                metavar="ID",
                shell_complete=offer(_offer_topics),
                help="Only this topic; may be repeated.",
            ),
            click.option(
                "--verdict",
                multiple=True,
                type=_VerdictChoice(VERDICTS_TO_CHOOSE),
                help="Only this verdict; may be repeated.",
            ),
            click.option(
                "--min-weight",
                type=click.IntRange(1, 3),
                default=1,
                help="Only notes of this weight or more: 1 prop, 2 scene, 3 plot.",
            ),
        )
    ):
        command = option(command)
    return command


seen_option = click.option(
    "--seen", metavar="SxxEyy|all", help="How far you have seen. [default: this episode]"
)

overwrite_option = click.option(
    "--overwrite", is_flag=True, help="Also replace files that Headnotes did not write."
)


def offer(names: Callable[[], Iterable[str]]) -> Callable[..., list[str]]:
    """Return a callback that offers a shell the values of an option."""

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
        return sorted(name for name in names() if name.startswith(incomplete))

    return complete


def _offer_topics() -> Iterable[str]:
    from headnotes.cli.places import open_registry

    return open_registry(()).topics


def _offer_works() -> Iterable[str]:
    from headnotes.cli.places import open_registry

    return open_registry(()).works


lang_option = click.option(
    "--lang",
    metavar="TAG",
    callback=_matching(LANGUAGE_PATTERN, "a language tag such as de"),
    help="Language of notes and reports. [default: that of the dialogue, else en]",
)

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many processes share the files. [default: one for each processor, where each gets 32"
    " files or more]",
)

fps_option = click.option(
    "--fps",
    metavar="N",
    callback=reading(read_frame_rate, "25 or 23.976"),
    help="Frames per second, for MicroDVD files that do not give it.",
)

ONLY_PLUGINS = "headnotes.only-plugins"
"""Under this key click's context keeps which installed plugins are loaded, if not all."""


def _keep_plugins(context: click.Context, option: click.Parameter, value: Any) -> None:  # noqa: ANN401
    """Note which installed plugins are wanted: none, or those named."""
    if option.name == "no_plugins" and value:
        context.meta[ONLY_PLUGINS] = ()
    elif option.name == "only_plugin" and value:
        if ONLY_PLUGINS in context.meta:
            raise click.BadParameter("excludes --no-plugins")
        context.meta[ONLY_PLUGINS] = value


IS_LARGE = "headnotes.large"
"""Under this key click's context keeps whether files beyond all bounds are read."""


def _keep_large(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  # click's
    context.meta[IS_LARGE] = value


def plugin_options(command: Command) -> Command:
    """Add the options of where topics and plugins come from, and how large they may be."""
    for option in (
        click.option(
            "--only-plugin",
            multiple=True,
            metavar="NAME",
            expose_value=False,
            callback=_keep_plugins,
            help="Load no installed plugin but this one; may be repeated.",
        ),
        click.option(
            "--no-plugins",
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_keep_plugins,
            help="Load no installed plugin, not even our topics; folders of topic files stay.",
        ),
        click.option(
            "--large",
            is_flag=True,
            expose_value=False,
            callback=_keep_large,
            help="Also read input beyond the limits: tracks of more than 20 MB, 100,000 cues or"
            " 10,000 characters a cue; topics of more than 4 MB, 5,000 notes or 50,000 terms.",
        ),
        click.option(
            "--topics-dir",
            multiple=True,
            type=PATH,
            metavar="DIR",
            help="A folder with more topic files; may be repeated.",
        ),
    ):
        command = option(command)
    return command


_RECOGNISING = (
    click.option(
        "--work",
        metavar="ID",
        shell_complete=offer(_offer_works),
        help="The work, instead of recognising it.",
    ),
    click.option("--any-work", is_flag=True, help="Show context notes with any work."),
    click.option(
        "--episode",
        metavar="SxxEyy",
        callback=_parse_episode,
        help="The episode, instead of guessing it.",
    ),
    click.option("--encoding", metavar="NAME", help="Character set of the files."),
    click.option("--stream", type=int, metavar="N", help="Only this subtitle stream of a film."),
    click.option(
        "--shift",
        metavar="TIME",
        callback=reading(read_shift, "2.5, -90 or 0:01:30"),
        help="Move all cues by this many seconds; below zero: earlier.",
    ),
    click.option(
        "--rate",
        metavar="FROM/TO",
        callback=reading(read_rate, "25/23.976"),
        help="Stretch all times, from a film of the first frame rate to one of the second.",
    ),
    fps_option,
    click.option(
        "--video",
        type=PATH,
        metavar="FILE",
        help="The film, to say where its length and that of the subtitles do not match.",
    ),
    plugin_options,
    click.option("-v", "--verbose", is_flag=True, help="Print more."),
    click.option("-q", "--quiet", is_flag=True, help="Print only problems."),
)
