"""`headnotes plugins`: what is there, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import click

from headnotes import profiles, reports, tracks
from headnotes.cli.commands import Command
from headnotes.cli.options import plugin_options
from headnotes.cli.places import open_registry
from headnotes.cli.printing import print_line
from headnotes.registry import Plugin
from headnotes.text import printable


@click.command("plugins", cls=Command, epilog="Example: headnotes plugins --topics-dir my-topics/")
@plugin_options
def command(topics_dir: tuple[Path, ...]) -> int:
    """List plugins: name, version, where from, hooks, notes, time, and why one failed."""
    ours = {"formats": tracks, "profiles": profiles, "reports": reports}
    registry = open_registry(topics_dir, ours)
    for hook in ("provide_formats", "provide_profiles", "provide_reports"):
        registry.provide(hook)
    for plugin in registry.plugins:
        click.echo(printable(_describe(plugin)))
    for issue in registry.issues:
        print_line(str(issue))
    return 1 if registry.issues else 0


def _describe(plugin: Plugin) -> str:
    parts = [
        " ".join(part for part in (plugin.name, plugin.version) if part),
        plugin.origin,
        ", ".join(plugin.hooks) or "topic files",
    ]
    if plugin.topics:
        brought = ", ".join(plugin.topics)
        count = f"{plugin.notes} note{'s' if plugin.notes > 1 else ''}"
        parts.append(f"{brought} ({count})" if plugin.notes else brought)
    slow = ", slow" if plugin.is_slow else ""
    parts.append(f"{plugin.seconds * 1000:.0f} ms{slow}")
    parts.append("FAILED" if plugin.issues else "ok")
    return " | ".join(parts)
