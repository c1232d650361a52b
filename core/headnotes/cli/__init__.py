"""The command line: arguments in, exit status out, one module a command.

Exit status: 0 done; 1 something done but not all, or findings; 2 wrong use, or nothing could be
done. Messages for people go to standard error, data to standard output.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

_IS_COLLECTING = gc.isenabled()
gc.disable()  # what an import makes is no garbage, and to look for it takes a millisecond

import click  # noqa: E402

import headnotes  # noqa: E402
from headnotes.cli.commands import HELP, Command  # noqa: E402
from headnotes.cli.printing import print_line  # noqa: E402

if _IS_COLLECTING:
    gc.freeze()
    gc.enable()

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from headnotes.issues import HeadnotesError

WRONG_USE = 2
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells report it."""

_MANY_VALUES = 100_000
"""From so many on it is looked for garbage; one episode makes fewer."""

_LARGE_BYTES = 32_000_000
"""Just below the most by which glibc still learns (`M_MMAP_THRESHOLD` in mallopt(3))."""

_COMMANDS = {
    "annotate": "Write tracks to watch, with headnotes.",
    "report": "Report how accurate an episode is.",
    "archive": "Annotate many files into one that answers questions.",
    "watch": "Write a page to have beside the film.",
    "explain": "Explain why notes stand where they stand, or nowhere.",
    "topics": "List topics and their notes.",
    "plugins": "List plugins, and what is wrong with them.",
    "bibliography": "Export the sources of the topics.",
    "lint": "Check annotated tracks for readability.",
    "new": "Begin a topic of your own.",
    "check": "Check topic files: all that is wrong, with its line.",
    "preview": "Show what your topics would show in a track, and why.",
}


class _LazyGroup(Command, click.Group):
    """A group that imports a command only when it is run or asked for help."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names in the order of use."""
        return list(_COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Import a command by name."""
        if name not in _COMMANDS:
            return None
        found = import_module(f"headnotes.cli.{name}").command
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command, or refuse a wrong name with the one that is near."""
        if ctx.resilient_parsing:  # a shell asks how a half-typed line may go on
            return super().resolve_command(ctx, args)
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from headnotes.issues import near_name

            near = near_name(args[0], list(_COMMANDS)).strip()
            ctx.fail(f"No such command {args[0]!r}" + (f"; {near}" if near else ""))
        name, command, rest = super().resolve_command(ctx, args)
        if name and command:
            ctx.default_map = {name: self._read_settings(ctx, command, rest)}
        return name, command, rest

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer commands and options without importing any command."""
        from click.shell_completion import CompletionItem

        commands = [
            CompletionItem(name, help=text)
            for name, text in _COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return commands + click.Command.shell_complete(self, ctx, incomplete)

    def _read_settings(
        self, ctx: click.Context, command: click.Command, arguments: list[str]
    ) -> dict[str, object]:
        from headnotes.cli.settings import find_settings, read_settings

        files = find_settings(arguments)
        if not files:
            return {}
        known = [found for name in _COMMANDS if (found := self.get_command(ctx, name))]
        return read_settings(files, command, known)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write below the example where settings are looked for."""
        from headnotes.cli.settings import FILE, user_file

        super().format_epilog(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(
            f"Options may stand in {FILE}, by their long names: in the current folder, beside the"
            f" films, or for all in {user_file()}"
        )

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _show_version(context: click.Context, _: click.Parameter, is_wanted: bool) -> None:  # noqa: FBT001  # click's
    if is_wanted and not context.resilient_parsing:
        click.echo(f"headnotes, version {headnotes.__version__}")
        context.exit()


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": [*HELP]},
    epilog="Example: headnotes annotate subtitles/babylon-berlin/S01E04.en.srt",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def app() -> None:
    """Watch a historical drama with the record beside it.

    Reads subtitle files, finds the moments that the historical record has something to say
    about, and writes annotated tracks and accuracy reports.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; issues print as lines."""
    status: object = WRONG_USE
    output = sys.stdout
    try:
        status = app.main(list(arguments), prog_name="headnotes", standalone_mode=False)
    except click.exceptions.Exit as stopped:
        status = stopped.exit_code
    except click.ClickException as error:
        _show_wrong_use(error)
    except _our_errors() as error:
        for issue in error.issues:
            print_line(str(issue))
    except (KeyboardInterrupt, click.Abort) as stopped:
        print_line("; ".join(["interrupted", *_running_when(stopped)]))
        status = INTERRUPTED
    except SystemExit:
        # The reader of our output went away, as `head` does: then click hushes standard output
        # and ends. What Python flushes at its own end has to go somewhere, too.
        if sys.stdout is output:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        # A full disk or a closed stream, under whatever we did: for the user to correct.
        print_line(_describe_failure(error))
    return status if isinstance(status, int) else 0


def _our_errors() -> type[HeadnotesError]:
    """Return what our own errors are; asked for where something was raised, and only then."""
    from headnotes.issues import HeadnotesError

    return HeadnotesError


def _show_wrong_use(error: click.ClickException) -> None:
    """Print what is wrong with the arguments, and where help is."""
    # To click a bare `headnotes` is an error that shows the help.
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    help_for = context.command_path if context else "headnotes"
    print_line(f"{error.format_message().rstrip('.')}; `{help_for} --help` shows the use")


def _describe_failure(error: OSError) -> str:
    from headnotes.issues import Issue

    reason = error.strerror or type(error).__name__
    if error.filename is None:
        path, hint = "standard output", "check where it goes to"
    else:
        path, hint = os.fsdecode(error.filename), "check name, rights and room on the disk"
    message = f"cannot be used: {reason}"
    return str(Issue(path=path, code="unusable-file", message=message, hint=hint))


def _running_when(stopped: BaseException) -> list[str]:
    """Return what the user interrupted, where the registry has noted it."""
    interrupt = stopped.__cause__ if isinstance(stopped, click.Abort) else stopped
    return list(getattr(interrupt, "__notes__", ()))


def main() -> None:
    """Run the program, as the console script does."""
    # what a run makes lasts to its end, and looking for garbage takes a twentieth of a short one
    gc.set_threshold(_MANY_VALUES)
    _keep_freed_memory()
    try:
        status: object = run(sys.argv[1:])
    except SystemExit as stopped:  # as click ends where a shell asks how a line may go on
        status = stopped.code or 0
    if not isinstance(status, int):
        sys.exit(str(status))
    _end(status)


def _keep_freed_memory() -> None:
    """Have the C library of Linux keep memory that is freed, and use it again.

    Else it gives large blocks back and gets them anew, and the system has to clear each page: that
    takes a fortieth of a short run. It learns from the largest block that was ever freed; this one
    is never touched and costs nothing.
    """
    if sys.platform == "linux":
        bytes(_LARGE_BYTES)


def _end(status: int) -> NoReturn:
    """End the process at once: to take every value apart costs a tenth of a short run.

    What was registered for the end is run first. Where a thread is still at work, or an output
    cannot take what it was given, Python ends as it always does.
    """
    if len(sys._current_frames()) == 1:  # noqa: SLF001  # counts threads without importing any
        atexit._run_exitfuncs()  # noqa: SLF001  # as Python does at its end
        with suppress(OSError, ValueError):
            for stream in filter(None, (sys.stdout, sys.stderr)):
                stream.flush()
            os._exit(status)
    sys.exit(status)
