"""Commands of click without what it does in every run and few runs need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.parser import _OptionParser


class Command(click.Command):
    """A command that takes a short option at once.

    By itself click takes each for a misspelt long one first, and loads `difflib` to look for what
    is near.
    """

    def make_parser(self, ctx: click.Context) -> _OptionParser:
        """Return click's parser, which finds short options where it looks for long ones."""
        parser = super().make_parser(ctx)
        parser._long_opt.update(parser._short_opt)  # noqa: SLF001  # there is no other way
        return parser
