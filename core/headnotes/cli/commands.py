"""Commands of click without what it does in every run and few runs need.

By itself it takes each short option for a misspelt long one first, and loads `difflib` to look for
what is near; and it loads `locale` to look for a translation of two words.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.parser import _OptionParser

HELP = ("-h", "--help")


class Command(click.Command):
    """A command that is cheap to run."""

    def make_parser(self, ctx: click.Context) -> _OptionParser:
        """Return click's parser, which finds short options where it looks for long ones."""
        parser = super().make_parser(ctx)
        parser._long_opt.update(parser._short_opt)  # noqa: SLF001  # there is no other way
        return parser

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; to a misspelt long one no short one is near."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            near = [name for name in error.possibilities or () if name.startswith("--")]
            raise click.NoSuchOption(error.option_name, possibilities=near, ctx=ctx) from None

    def get_help_option(self, ctx: click.Context) -> click.Option:  # click's
        """Return the option that shows the help."""
        return self._help

    @cached_property
    def _help(self) -> click.Option:
        return click.Option(
            HELP,
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
            help="Show this message and exit.",
        )


def _show_help(context: click.Context, _: click.Parameter, is_wanted: bool) -> None:  # noqa: FBT001  # click's
    if is_wanted and not context.resilient_parsing:
        click.echo(context.get_help(), color=context.color)
        context.exit()
