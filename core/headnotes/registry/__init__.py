"""Finding plugins, asking them one by one, and keeping the broken ones apart.

Plugins come from the entry point group `headnotes`, from folders of topic files, and from
Headnotes itself. One that cannot be loaded, misspells a hook, raises, or brings a file with
mistakes is named with its reason and left out; the others run. What plugins may add is in
`hookspecs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

import pluggy

from headnotes import hookspecs
from headnotes.issues import HeadnotesError, Issue
from headnotes.model import Annotation, Episode, Topic, Track, Work
from headnotes.registry.plugin import (
    SLOW_S,
    UPDATE,
    Plugin,
    find_unknown_hooks,
    find_unknown_names,
)
from headnotes.topics import WORK_FILE, find_topic_files, read_folder, read_topic, read_work

if TYPE_CHECKING:
    from importlib.metadata import Distribution
    from importlib.resources.abc import Traversable

__all__ = ["SLOW_S", "Plugin", "Registry"]

_REPAIR = "repair or uninstall it"


class Registry:
    """The plugins of one run, with what they brought.

    Attributes:
        plugins: all that were found, failed ones too, in the order they are asked.
        topics: by id.
        works: by id.
    """

    def __init__(
        self, *, builtins: Mapping[str, object] | None = None, folders: Sequence[Path] = ()
    ) -> None:
        """Find and load all plugins and read their topics.

        Args:
            builtins: modules of ours that answer hooks, by name; asked before all others.
            folders: folders of topic files that the user names.
        """
        self.plugins: list[Plugin] = []
        self.topics: dict[str, Topic] = {}
        self.works: dict[str, Work] = {}
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        for name, module in (builtins or {}).items():
            self._register(Plugin(name=name, origin="built in"), module)
        self._load_entry_points()
        for plugin, answer in self._ask("provide_topics"):
            self._take_topics(plugin, answer)
        for folder in folders:
            self._take_folder(folder)
        for topic in self.topics.values():
            self._bringer_of(topic).issues += find_unknown_names(topic, self.works)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Everything that failed so far, in the order of the plugins."""
        return tuple(issue for plugin in self.plugins for issue in plugin.issues)

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
        for plugin, answer in self._ask(hook):
            for value in answer:
                name = getattr(value, "name", None)
                if not isinstance(name, str):
                    message = f"gave {value!r:.60}"
                    plugin.fail(f"hook {hook}", "bad-answer", message, "see its docstring")
                elif name in found:
                    message = f"{name!r} is taken"
                    plugin.fail(f"hook {hook}", "taken-name", message, "choose another name")
                else:
                    found[name] = value
        return tuple(found.values())

    def annotate_track(self, track: Track, episode: Episode) -> tuple[Annotation, ...]:
        """Ask all plugins what their code finds in a track; answers that make no sense fail."""
        kept: list[Annotation] = []
        asked = self._ask("annotate_track", track=track, episode=episode, topics=self.topics)
        for plugin, answer in asked:
            for annotation in answer:
                if message := self._check_annotation(annotation, track):
                    plugin.fail("hook annotate_track", "bad-answer", message, "see its docstring")
                else:
                    kept.append(annotation)
        return tuple(kept)

    # ------------------------------------------------------------------------- loading

    def _load_entry_points(self) -> None:
        from importlib.metadata import entry_points

        # One distribution may be found twice (an old and a new copy on the path): once is enough.
        found = {
            point.name: point for point in reversed(tuple(entry_points(group=hookspecs.PROJECT)))
        }
        describe = cache(_describe)  # many plugins may come from one distribution
        for name in sorted(found):
            point = found[name]
            origin, version = describe(point.dist)
            plugin = Plugin(name=name, origin=origin, version=version)
            try:
                with plugin.at_work("loading"):
                    module = point.load()
            except (Exception, SystemExit) as error:  # noqa: BLE001  # untrusted code
                self.plugins.append(plugin)
                is_ours = isinstance(error, ImportError) and error.name == "headnotes"
                hint = UPDATE if is_ours else _REPAIR
                plugin.fail("loading", "failed-plugin", _describe_error(error), hint)
            else:
                self._register(plugin, module)

    def _register(self, plugin: Plugin, module: object) -> None:
        """Hand a plugin to pluggy; one that misspells a hook or an argument is left out."""
        self.plugins.append(plugin)
        try:
            unknown = list(find_unknown_hooks(module, self._manager))
            for message, hint in unknown:
                plugin.fail("hooks", "unknown-hook", message, hint)
            if unknown:
                return
            self._manager.register(module, plugin.name)
        except Exception as error:  # noqa: BLE001  # untrusted code, asked for its names
            plugin.fail("hooks", "failed-plugin", _describe_error(error), _REPAIR)
            return
        callers = self._manager.get_hookcallers(module) or []
        plugin.hooks = tuple(sorted(caller.name for caller in callers))
        if not plugin.hooks:
            plugin.fail("hooks", "no-hooks", "answers none", "mark a function with @hookimpl")

    # -------------------------------------------------------------------------- asking

    def _ask(self, hook: str, **arguments: object) -> Iterable[tuple[Plugin, list[Any]]]:
        """Ask every plugin by itself; yield it with its answer as a list.

        Whatever a plugin raises, also while its answer is still being made, is its own failure.
        """
        for plugin in self.plugins:
            if hook not in plugin.hooks:
                continue
            others = [
                module
                for name, module in self._manager.list_name_plugin()
                if name != plugin.name and module is not None
            ]
            caller = self._manager.subset_hook_caller(hook, others)
            answer: list[Any] = []
            try:
                with plugin.at_work(f"hook {hook}"):
                    for result in caller(**arguments):
                        answer += list(result)
            except HeadnotesError as error:
                plugin.issues += error.issues
            except (Exception, SystemExit) as error:  # noqa: BLE001  # untrusted code
                plugin.fail(f"hook {hook}", "failed-plugin", _describe_error(error), _REPAIR)
                answer = []
            yield plugin, answer

    def _check_annotation(self, answer: object, track: Track) -> str:
        """Return what makes an answer to `annotate_track` unusable; empty for a good one."""
        if not isinstance(answer, Annotation):
            return f"gave {answer!r:.60}, not an Annotation"
        if answer.topic not in self.topics:
            return f"unknown topic {answer.topic!r}"
        moment = answer.moment
        if not 0 <= moment.start_ms <= moment.end_ms <= track.duration_ms:
            return f"moment {moment.start_ms}-{moment.end_ms} ms lies outside the track"
        if not 1 <= moment.first_cue <= moment.last_cue <= len(track.cues):
            return f"cues {moment.first_cue}-{moment.last_cue} are not in the track"
        unknown = {citation.source for citation in answer.note.citations} - {
            *self.topics[answer.topic].sources
        }
        return f"unknown source {min(unknown)!r}" if unknown else ""

    # -------------------------------------------------------------------------- topics

    def _take_topics(self, plugin: Plugin, answer: Iterable[object]) -> None:
        with plugin.at_work("reading topics"):
            for item in answer:
                try:
                    for value in _values_of(item):
                        self._take(plugin, value)
                except HeadnotesError as error:
                    plugin.issues += error.issues

    def _take_folder(self, folder: Path) -> None:
        """Take the topic files in a folder and in the folders right below it."""
        files, issues = find_topic_files(folder)
        origin = f"folder {_shown(folder)}"
        if issues:
            name = folder.name or str(folder)
            self.plugins.append(Plugin(name=name, origin=origin, issues=list(issues)))
        for parent in dict.fromkeys(file.parent for file in files):
            plugin = Plugin(name=parent.name or str(parent), origin=origin, folder=parent)
            self.plugins.append(plugin)
            self._take_topics(plugin, [file for file in files if file.parent == parent])

    def _take(self, plugin: Plugin, value: Topic | Work) -> None:
        known = self.topics if isinstance(value, Topic) else self.works
        kind = "topic" if isinstance(value, Topic) else "work"
        if value.id in known:
            message = f"{kind} {value.id!r} already exists, from {self.origin_of(known[value.id])}"
            plugin.fail(value.origin or kind, "taken-id", message, "rename or remove one of them")
        elif isinstance(value, Topic):
            self.topics[value.id] = value
            plugin.notes += len(value.notes)
            plugin.topics.append(value.id)
            plugin.version = plugin.version or value.version
        else:
            self.works[value.id] = value
            plugin.topics.append(value.id)


def _describe(distribution: Distribution | None) -> tuple[str, str]:
    """Return name and version of what a plugin was installed with; read from its metadata."""
    if distribution is None:
        return "entry point", ""
    metadata = distribution.metadata
    return metadata["Name"], metadata["Version"]


def _values_of(answer: object) -> Iterable[Topic | Work]:
    """Turn one item of an answer to `provide_topics` into topics and works."""
    if isinstance(answer, (Topic, Work)):
        return (answer,)
    if isinstance(answer, Path) or _is_traversable(answer):
        if answer.is_dir():
            topics, works = read_folder(answer)
            return (*topics, *works)
        return (read_work(answer) if answer.name == WORK_FILE else read_topic(answer),)
    raise HeadnotesError(
        Issue(
            path="hook provide_topics",
            code="bad-answer",
            message=f"gave {answer!r:.60}",
            hint="give folders, files, topics or works",
        )
    )


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


def _describe_error(error: BaseException) -> str:
    """Return what was raised, and where in the plugin, on one line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    position = ""
    if trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename).name
        position = f" ({file}:{trace.tb_lineno})"
    text = " ".join(str(error).split())
    kind = type(error).__name__
    return f"{kind}: {text}{position}" if text else f"{kind}{position}"
