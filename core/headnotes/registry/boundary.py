"""The boundary between Headnotes and the code of plugins: all of it runs behind `contain`.

Whatever it raises but the user's interrupt becomes a `PluginError` that names the plugin, also
where its own `str` or `repr` breaks, and `SystemExit`; what it prints goes to standard error; from
the folder it goes to we come back; its answers are copied into plain values, bounded, and checked
like values from files. This contains mistakes, not malice: a plugin is code with the user's rights.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from headnotes.issues import HeadnotesError, Issue, PluginError
from headnotes.model import Cue, Headnote, Language, Outcome, Profile, Report, Track, TrackFormat
from headnotes.registry.plugin import UPDATE, Plugin
from headnotes.text import is_file_name
from headnotes.topics import find_flaws, show_value
from headnotes.values import evolve

Value = TypeVar("Value")

REPAIR = "repair or uninstall it"

MOST_TEXT_CHARS = 50_000_000
"""Of one file that a plugin writes; a season in one page has a fiftieth."""
MOST_FILES = 10_000
MOST_CUES = 1_000_000

_ROOM = Path(__file__).parent


_one_at_a_time = threading.RLock()
"""Held while code of a plugin runs: it need not expect a second thread, and standard output, which
is turned aside meanwhile, is one for all threads."""


class _ToStandardError(io.TextIOBase):
    """What a plugin takes for standard output; it may close it without harm."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text) if sys.stderr else len(text)

    def flush(self) -> None:
        if sys.stderr:
            sys.stderr.flush()


def contain(plugin: Plugin, doing: str, run: Callable[[], Value]) -> Value:
    """Run code of a plugin and return its answer.

    Args:
        plugin: whose.
        doing: in words, for the message: `loading`, `hook annotate_track`.
        run: calls the code, and takes apart what it answers.

    Raises:
        PluginError: it raised anything.
        KeyboardInterrupt: the user wants to stop.
    """
    aside = redirect_stdout(_ToStandardError())
    try:
        with _one_at_a_time, plugin.at_work(doing), aside, _coming_back():
            return run()
    except BaseException as error:
        if type(error) is KeyboardInterrupt:
            raise
        issues = _issues_of(error) or (_explain(error),)
    # Outside of the handler: what was raised must not be looked at again as a context.
    path = f"plugin {plugin.name!r}, {doing}"
    raise PluginError(*(issue if issue.path else evolve(issue, path=path) for issue in issues))


@contextmanager
def _coming_back() -> Iterator[None]:
    """Go back to the working folder afterwards: what the user named is meant from there."""
    try:
        here = os.getcwd()  # noqa: PTH109  # a text is enough
    except OSError:  # it is gone, and nowhere to go back to
        here = ""
    try:
        yield
    finally:
        with suppress(OSError):
            os.chdir(here)


def take(answer: object, most: int) -> list[Any]:
    """Return the items of an answer.

    Raises:
        PluginError: it has none, or more than so many.
    """
    items = list(islice(check_listed(answer), most + 1))
    if len(items) > most:
        raise bad_answer(f"gave more than {most:,} values", "give fewer")
    return items


def check_listed(answer: object) -> Iterable[Any]:
    """Return an answer that has items; a text is taken for one value.

    Raises:
        PluginError: it has none.
    """
    if isinstance(answer, (str, bytes)) or not isinstance(answer, Iterable):
        raise bad_answer(f"gave {show_value(answer)}, not a list", "give a list, even of one")
    return answer


def bad_answer(message: str, hint: str = "see its docstring") -> PluginError:
    """Return the error for an answer that makes no sense; `contain` names the plugin."""
    return PluginError(Issue(code="bad-answer", message=message, hint=hint))


def describe_error(error: BaseException) -> str:
    """Return what was raised, and where in the plugin, on one line."""
    try:
        position = _find_position(error)
        text = " ".join(str(error)[:1_000].split())
        kind = type(error).__name__
    except BaseException as inner:
        if type(inner) is KeyboardInterrupt:
            raise
        return "an error that cannot be shown"
    return f"{kind}: {text}{position}" if text else f"{kind}{position}"


def _find_position(error: BaseException) -> str:
    """Return the innermost place outside of this room; of an import, where it is written."""
    position, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if Path(file).parent != _ROOM and "importlib" not in file:
            position = f" ({Path(file).name}:{trace.tb_lineno})"
        trace = trace.tb_next
    return position


def _explain(error: BaseException) -> Issue:
    is_ours = isinstance(error, ImportError) and getattr(error, "name", "") == "headnotes"
    return Issue(
        code="failed-plugin",
        message=describe_error(error),
        hint=UPDATE if is_ours else REPAIR,
    )


def _issues_of(error: BaseException) -> tuple[Issue, ...]:
    """Return the issues that an error carries, if they are what they should be."""
    if not isinstance(error, HeadnotesError):
        return ()
    issues = vars(error).get("issues")
    if type(issues) is not tuple or any(any(find_flaws(each, Issue)) for each in issues):
        return ()
    return issues


# --------------------------------------------------------------------- what plugins hand over


def guard(plugin: Plugin, value: object) -> object:
    """Return a format, a profile or a report whose code runs behind the boundary."""
    if isinstance(value, TrackFormat):
        return _guard_format(plugin, value)
    if isinstance(value, Profile):
        return _guard_profile(plugin, value)
    return _guard_report(plugin, value) if isinstance(value, Report) else value


def _guard_format(plugin: Plugin, form: TrackFormat) -> TrackFormat:
    doing = f"format {form.name!r}"

    def recognise(text: str) -> bool:
        try:
            return contain(plugin, doing, lambda: bool(form.recognise(text)))
        except PluginError as error:
            # once, however many files it is shown
            known = {issue.path for issue in plugin.issues}
            plugin.issues += [issue for issue in error.issues if issue.path not in known]
            return False

    def parse(text: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
        return contain(plugin, doing, lambda: _check_parsed(form.parse(text)))

    return evolve(form, recognise=recognise, parse=parse)


def _check_parsed(answer: object) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise bad_answer(f"gave {show_value(answer)}, not cues and repairs", "give a tuple of both")
    cues, repairs = answer
    return _check_cues(take(cues, MOST_CUES)), _check_repairs(take(repairs, MOST_CUES))


def _check_files(answer: object) -> dict[str, str]:
    if not isinstance(answer, Mapping):
        raise bad_answer(f"gave {show_value(answer)}, not a dict", "give texts by file name")
    items = take(answer.items(), MOST_FILES)
    return {_check_name(name): _check_text(text) for name, text in items}


def _check_name(name: object) -> str:
    checked = _check_text(name)
    if not is_file_name(checked):
        raise bad_answer(f"{checked!r} is not a file name", "give names without folders")
    return checked


def _check_cues(cues: list[Any]) -> tuple[Cue, ...]:
    for number, cue in enumerate(cues, start=1):
        for flaw in find_flaws(cue, Cue):
            raise _name_flaw(f"cue {number}", flaw)
        if cue.number != number or not 0 <= cue.start_ms <= cue.end_ms:
            raise bad_answer(f"cue {number}: number or times are not in order")
    return tuple(cues)


def _check_repairs(repairs: list[Any]) -> tuple[Issue, ...]:
    for repair in repairs:
        for flaw in find_flaws(repair, Issue):
            raise _name_flaw("repair", flaw)
    return tuple(repairs)


def _name_flaw(what: str, flaw: Issue) -> PluginError:
    """Return the error for a flaw in one of many values; `contain` names the plugin."""
    message = ": ".join(filter(None, (what, flaw.where, flaw.message)))
    return PluginError(evolve(flaw, path="", key="", message=message))


def _guard_profile(plugin: Plugin, profile: Profile) -> Profile:
    def write(track: Track, headnotes: tuple[Headnote, ...]) -> str:
        doing = f"profile {profile.name!r}"
        return contain(plugin, doing, lambda: _check_text(profile.write(track, headnotes)))

    return evolve(profile, write=write)


def _guard_report(plugin: Plugin, report: Report) -> Report:
    def render(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
        doing = f"report {report.name!r}"
        return contain(plugin, doing, lambda: _check_files(report.render(outcomes, language)))

    return evolve(report, render=render)


def _check_text(text: object) -> str:
    if type(text) is not str:
        raise bad_answer(f"gave {show_value(text)} instead of text")
    if len(text) > MOST_TEXT_CHARS:
        raise bad_answer(f"gave {len(text):,} characters", f"give {MOST_TEXT_CHARS:,} at most")
    text.encode()  # raises where lone surrogates cannot be written
    return text
