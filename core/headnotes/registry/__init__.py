"""Finding plugins, asking them one by one, and keeping the broken ones apart.

Plugins come from the entry point group `headnotes`, from folders of topic files, and from
Headnotes itself. One that cannot be loaded, misspells a hook, raises, or brings a file with
mistakes is named with its reason and left out; the others run. What plugins may add is in
`hookspecs`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, TypeGuard

from headnotes.issues import Issue, PluginError, TopicError, UsageError, near_name
from headnotes.languages import add_language_files, find_flaws_of_language
from headnotes.model import (
    Annotation,
    Episode,
    Moment,
    Profile,
    Report,
    Topic,
    Track,
    TrackFormat,
    Work,
)
from headnotes.registry.boundary import bad_answer, check_listed, contain, guard, take
from headnotes.registry.installed import find_entry_points
from headnotes.registry.plugin import SLOW_S, Plugin, find_unknown_hooks, find_unknown_names
from headnotes.topics import (
    BOUNDS,
    WORK_FILE,
    Bounds,
    find_flaws,
    find_topic_files,
    guess_id,
    is_archive,
    merge_works,
    open_archive,
    read_folder,
    read_topic,
    read_work,
    show_value,
)
from headnotes.values import evolve

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["SLOW_S", "Plugin", "Registry"]

_KINDS = {
    "provide_formats": TrackFormat,
    "provide_profiles": Profile,
    "provide_reports": Report,
}
_MOST = {
    "annotate_track": 10_000,
    **dict.fromkeys(("provide_languages", "provide_topics", *_KINDS), 1_000),
}
"""Of the values in one answer."""

_LEADS_NOWHERE = frozenset({"no-topic-file", "not-there", "unreadable"})


class Registry:
    """The plugins of one run, with what they brought.

    Attributes:
        plugins: all that were found, failed ones too, in the order they are asked.
        topics: by id.
        works: by id, each made of all the files that it is in.
    """

    def __init__(
        self,
        *,
        builtins: Mapping[str, object] | None = None,
        folders: Sequence[Path] = (),
        only: Collection[str] | None = None,
        bounds: Bounds = BOUNDS,
    ) -> None:
        """Find and load all plugins and read their topics.

        Args:
            builtins: modules of ours that answer hooks, by name; asked before all others.
            folders: folders of topic files that the user names.
            only: names of the installed plugins that are loaded; `None`: all.
            bounds: the most that a topic or work may have.

        Raises:
            UsageError: no installed plugin has one of these names.
        """
        self.plugins: list[Plugin] = []
        self.topics: dict[str, Topic] = {}
        self.works: dict[str, Work] = {}
        self._parts: list[tuple[Plugin, Work]] = []
        self._bounds = bounds
        self._builtins = 0
        self._unwanted: Collection[str] = ()
        self._broken: set[str] = set()
        for name, module in (builtins or {}).items():
            self.add(name, module)
        self._load_entry_points(only)
        for plugin, answer, issues in self._ask("provide_languages"):
            plugin.issues += issues
            self._take_languages(plugin, answer)
        for plugin, answer, issues in self._ask("provide_topics"):
            plugin.issues += issues
            self._take_topics(plugin, answer)
        for folder in folders:
            self._take_folder(folder)
        self._merge_works()
        for topic in self.topics.values():
            self._bringer_of(topic).issues += find_unknown_names(
                topic, self.works, self._unwanted, self._broken
            )

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What failed while plugins were loaded and asked what they bring, in their order."""
        return tuple(issue for plugin in self.plugins for issue in plugin.issues)

    @property
    def parts(self) -> tuple[Work, ...]:
        """The works as their files have them, several of one id among them."""
        return tuple(part for _, part in self._parts)

    def add(self, name: str, module: object) -> None:
        """Take a module of ours that answers hooks; it is asked before what is no part of us."""
        plugin = Plugin(name=name, origin="built in")
        self.plugins.insert(self._builtins, plugin)
        self._builtins += 1
        self._register(plugin, module)

    def origin_of(self, value: Topic | Work) -> str:
        """Return where one of its topics or works came from: its file, else its plugin."""
        return value.origin or f"plugin {self._bringer_of(value).name!r}"

    def _bringer_of(self, value: Topic | Work) -> Plugin:
        return next(plugin for plugin in self.plugins if value.id in plugin.topics)

    def provide(self, hook: str) -> tuple[Any, ...]:
        """Collect what plugins add by a `provide_*` hook; of two of one name the first stays.

        Args:
            hook: `provide_formats`, `provide_profiles` or `provide_reports`.
        """
        found: dict[str, Any] = {}
        for plugin, answer, issues in self._ask(hook):
            plugin.issues += issues
            flaws: list[Issue] = []
            for value in answer:
                # tests look at ours
                if not plugin.is_ours and (flaw := next(find_flaws(value, _KINDS[hook]), None)):
                    flaws.append(flaw)
                elif value.name in found:
                    message = f"{value.name!r} is taken"
                    flaws.append(_flaw("taken-name", message, "choose another name"))
                else:
                    found[value.name] = value if plugin.is_ours else guard(plugin, value)
            plugin.issues += plugin.list_flaws(f"hook {hook}", flaws)
        return tuple(found.values())

    def annotate_track(
        self, track: Track, episode: Episode
    ) -> tuple[tuple[Annotation, ...], tuple[Issue, ...]]:
        """Ask all plugins what their code finds in a track; answers that make no sense fail.

        Returns:
            What they found, and what failed in them on this track: nothing of it is kept here, as
            one registry may serve tracks without end, in several threads.
        """
        kept: dict[tuple[str, str, int, int], Annotation] = {}
        failed: list[Issue] = []
        topics = MappingProxyType(self.topics)  # for all to read, for none to change
        asked = self._ask("annotate_track", track=track, episode=episode, topics=topics)
        for plugin, answer, issues in asked:
            failed += issues
            flaws: list[Issue] = []
            for annotation in answer:
                if flaw := self._find_flaw(annotation, track):
                    flaws.append(flaw)
                elif annotation.place in kept:
                    flaws.append(_describe_double(annotation.place))
                else:
                    kept[annotation.place] = annotation
            failed += plugin.list_flaws("hook annotate_track", flaws)
        return tuple(kept.values()), tuple(failed)

    # ------------------------------------------------------------------------- loading

    def _load_entry_points(self, only: Collection[str] | None) -> None:
        found = find_entry_points()
        wanted = sorted(found if only is None else {*only})
        self._unwanted = found.keys() - wanted
        for name in wanted:
            if name not in found:
                raise _unknown_plugin(name, sorted(found))
        for name in wanted:
            point = found[name]
            origin = point.distribution or "entry point"
            plugin = Plugin(name=name, origin=origin, version=point.version)
            self.plugins.append(plugin)
            try:
                module = contain(plugin, "loading", point.load)
            except PluginError as error:
                plugin.issues += error.issues
            else:
                self._register(plugin, module)

    def _register(self, plugin: Plugin, module: object) -> None:
        """Hand a plugin to a manager of its own; one that misspells a hook is left out."""
        plugin.is_ours = type(module) is ModuleType and module.__name__.startswith("headnotes.")
        try:
            contain(plugin, "hooks", lambda: _find_hooks(plugin, module))
        except PluginError as error:
            plugin.hooks = ()
            plugin.issues += error.issues

    # -------------------------------------------------------------------------- asking

    def _ask(
        self, hook: str, **arguments: object
    ) -> Iterable[tuple[Plugin, list[Any], tuple[Issue, ...]]]:
        """Ask every plugin by itself; yield it with its answer as a list, and with what failed.

        Whatever a plugin raises, also while its answer is still being made, is its own failure.
        """
        for plugin in self.plugins:
            if hook not in plugin.hooks:
                continue
            ask = partial(getattr(plugin.manager.hook, hook), **arguments)
            try:
                answer = contain(plugin, f"hook {hook}", partial(_collect, ask, _MOST[hook]))
            except PluginError as error:
                yield plugin, [], error.issues
            else:
                yield plugin, answer, ()

    def _find_flaw(self, answer: object, track: Track) -> Issue | None:
        """Return what makes an answer to `annotate_track` unusable, or nothing."""
        if type(answer) is not Annotation or type(answer.topic) is not str:
            return next(find_flaws(answer, Annotation), None)
        topic = self.topics.get(answer.topic)
        if topic is None:
            return _flaw("unknown-topic", f"unknown topic {answer.topic!r}")
        # most notes are those of the topic, which have been looked at already
        is_known = any(answer.note is note for note in topic.notes)
        inspected = evolve(answer, note=topic.notes[0]) if is_known else answer
        flaw = next(find_flaws(inspected, Annotation), None)
        if flaw is None and not is_known:
            alone = evolve(topic, notes=(answer.note,), corrections=(), ratings=())
            flaw = next(find_flaws(alone, Topic), None)
        return flaw or _find_misplacement(answer.moment, track)

    def _take_languages(self, plugin: Plugin, answer: Iterable[object]) -> None:
        """Lay the files of languages that are right over what is known."""
        for item in answer:
            try:
                file = contain(plugin, "hook provide_languages", partial(_language_file_of, item))
            except PluginError as error:
                plugin.issues += error.issues
            else:
                add_language_files([file])

    # -------------------------------------------------------------------------- topics

    def _take_topics(self, plugin: Plugin, answer: Iterable[object]) -> None:
        # files that were found are there, and named by themselves
        read = _values_of if plugin.folder else _values_of_answer
        for item in answer:
            try:
                values = contain(plugin, "hook provide_topics", partial(read, item, self._bounds))
            except PluginError as error:
                plugin.issues += error.issues
                self._note_broken(plugin, item)
                continue
            for value in values:
                self._take(plugin, value)

    def _note_broken(self, plugin: Plugin, item: object) -> None:
        """Keep the id of the work in a file or folder that was refused."""
        with suppress(PluginError):
            guess = partial(_guess_work, item, self._bounds)
            self._broken.add(contain(plugin, "hook provide_topics", guess))

    def _take_folder(self, folder: Path) -> None:
        """Take the topic files in a folder and in the folders right below it, or those of a zip."""
        if is_archive(folder):
            self._take_archive(folder)
            return
        files, issues = find_topic_files(folder)
        origin = f"folder {_shown(folder)}"
        if issues:
            name = folder.name or str(folder)
            plugin = Plugin(name=name, origin=origin)
            plugin.issues += issues
            self.plugins.append(plugin)
        for parent in dict.fromkeys(file.parent for file in files):
            plugin = Plugin(name=parent.name or str(parent), origin=origin, folder=parent)
            self.plugins.append(plugin)
            self._take_topics(plugin, [file for file in files if file.parent == parent])

    def _take_archive(self, file: Path) -> None:
        """Take the topic files in a zip."""
        plugin = Plugin(name=file.stem, origin=f"archive {_shown(file)}", folder=file)
        self.plugins.append(plugin)
        try:
            folders = open_archive(file, self._bounds)
        except TopicError as error:
            plugin.issues += error.issues
        else:
            self._take_topics(plugin, folders)

    def _take(self, plugin: Plugin, value: Topic | Work) -> None:
        if isinstance(value, Work):
            # who brings what is known by its origin
            origin = value.origin or f"plugin {plugin.name!r}"
            named = value if value.origin == origin else evolve(value, origin=origin)
            self._parts.append((plugin, named))
            if any(issue.level == "error" for issue in value.issues):
                self._broken.add(value.id)
        elif value.id in self.topics:
            other = self.origin_of(self.topics[value.id])
            message = f"topic {value.id!r} already exists, from {other}"
            plugin.fail(value.origin or "topic", "taken-id", message, "rename or remove one")
            return
        else:
            self.topics[value.id] = value
            plugin.notes += len(value.notes)
            plugin.version = plugin.version or value.version
        plugin.issues += value.issues
        plugin.topics.append(value.id)

    def _merge_works(self) -> None:
        """Make works of their parts, and tell whoever brings a part what of it is left out."""
        self.works, clashes = merge_works(self.parts)
        for part, _, issue in clashes:
            plugin = next(plugin for plugin, known in self._parts if known is part)
            plugin.issues.append(evolve(issue, path=part.origin))


def _collect(ask: Callable[[], Iterable[Iterable[Any]]], most: int) -> list[Any]:
    """Return what a hook of one plugin answers: one list, or none."""
    return take(chain.from_iterable(map(check_listed, ask())), most)


def _find_misplacement(moment: Moment, track: Track) -> Issue | None:
    """Return what is wrong with the place of a moment in a track, or nothing."""
    if not 0 <= moment.start_ms <= moment.end_ms <= track.duration_ms:
        message = f"moment {moment.start_ms}-{moment.end_ms} ms lies outside the track"
    elif not 1 <= moment.first_cue <= moment.last_cue <= len(track.cues):
        message = f"cues {moment.first_cue}-{moment.last_cue} are not in the track"
    else:
        return None
    return _flaw("outside-track", message)


def _describe_double(place: tuple[str, str, int, int]) -> Issue:
    topic, note, first, last = place
    message = f"{topic}/{note} at cues {first}-{last} is given twice"
    return evolve(_flaw("double", message, "give it once"), level="warning")


def _find_hooks(plugin: Plugin, module: object) -> None:
    """Find the hooks that a plugin answers, or what is wrong with them."""
    unknown = list(find_unknown_hooks(module, plugin.manager))
    for message, hint in unknown:
        plugin.fail("hooks", "unknown-hook", message, hint)
    if unknown:
        return
    plugin.manager.register(module, plugin.name)
    callers = plugin.manager.get_hookcallers(module) or []
    plugin.hooks = tuple(sorted(caller.name for caller in callers))
    if not plugin.hooks:
        plugin.fail("hooks", "no-hooks", "answers none", "mark a function with @hookimpl")


def _unknown_plugin(name: str, known: Sequence[str]) -> UsageError:
    hint = f"{near_name(name, known)}installed: {', '.join(known) or 'none'}"
    message = f"no plugin {name!r} is installed"
    return UsageError(
        Issue(path="--only-plugin", code="unknown-plugin", message=message, hint=hint)
    )


def _flaw(code: str, message: str, hint: str = "see its docstring") -> Issue:
    return Issue(code=code, message=message, hint=hint)


def _values_of_answer(answer: object, bounds: Bounds) -> Iterable[Topic | Work]:
    """Return what `_values_of` does; a path that leads nowhere is a mistake in the answer."""
    try:
        return _values_of(answer, bounds)
    except TopicError as error:
        (issue, *_) = error.issues
        if issue.code not in _LEADS_NOWHERE:
            raise
    raise bad_answer(f"gave {str(answer)!r}, which {issue.message}", issue.hint)


def _values_of(answer: object, bounds: Bounds) -> Iterable[Topic | Work]:
    """Turn one item of an answer to `provide_topics` into topics and works.

    Raises:
        HeadnotesError: it is none of them, or one with mistakes.
    """
    if isinstance(answer, (Topic, Work)):
        kind = Topic if isinstance(answer, Topic) else Work
        if flaws := tuple(find_flaws(answer, kind, bounds)):
            raise PluginError(*flaws)
        return (answer,)
    if isinstance(answer, Path) or _is_traversable(answer):
        if answer.is_dir():
            topics, works = read_folder(answer, bounds)
            return (*topics, *works)
        read = read_work if answer.name == WORK_FILE else read_topic
        return (read(answer, bounds, is_lenient=True),)
    raise bad_answer(
        f"gave {show_value(answer)}", "give pathlib.Path of folders or files, topics or works"
    )


def _guess_work(answer: object, bounds: Bounds) -> str:
    """Return the id of the work in a file or folder that was refused; empty where none is."""
    if isinstance(answer, Path) or _is_traversable(answer):
        file = answer / WORK_FILE if answer.is_dir() else answer
        return guess_id(file, bounds) if file.name == WORK_FILE else ""
    return ""


def _language_file_of(answer: object) -> Path | Traversable:
    """Return an item of an answer to `provide_languages`, if it is the file of a language.

    Raises:
        PluginError: it is none, or one with mistakes.
    """
    if not (isinstance(answer, Path) or _is_traversable(answer)):
        raise bad_answer(f"gave {show_value(answer)}", "give pathlib.Path of files named TAG.toml")
    if not answer.is_file():
        message = f"gave {str(answer)!r}, which does not exist, or is not a regular file"
        raise bad_answer(message, "check the path")
    flaws = [flaw for flaw in find_flaws_of_language(answer) if flaw.level == "error"]
    if flaws:
        raise PluginError(*(evolve(flaw, path=answer.name) for flaw in flaws))
    return answer


def _is_traversable(answer: object) -> TypeGuard[Traversable]:
    """Whether an answer is a file inside a package; few are, and the import is slow."""
    from importlib.resources.abc import Traversable

    return isinstance(answer, Traversable)


def _shown(folder: Path) -> str:
    """Write a folder as the user would, without the name of their account."""
    try:
        home = Path.home()
    except RuntimeError:  # an account without a home folder
        return str(folder)
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
