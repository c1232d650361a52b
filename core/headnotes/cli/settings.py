"""The settings file: options that need not be typed each time.

`headnotes.toml` has the long names of the options as keys: `lang = "de"`. It is looked for in the
user's folder, in the current one, and in the folders on the command line; the nearer wins, and
what is typed wins over all. A file that came with films may say how they are read and shown; where
files are written, to whom they are served and what else is loaded, only the user's own file may
say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import click

from headnotes.cli.inputs import PATH, is_file, is_folder
from headnotes.issues import Issue, UsageError, near_name
from headnotes.user_folders import user_folder

FILE = "headnotes.toml"
_LIMIT_BYTES = 100_000
_LEAST_ENDLESS = 10**9
"""No option takes a number so large; far larger ones cannot even be shown."""
_FOR_USERS_ONLY = frozenset(
    {"output", "topics-dir", "mux", "video", "overwrite", "beside", "serve", "address", "mpv"}
)
_NEVER = frozenset({"help", "version"})


def user_file() -> Path:
    """Return where the user's own settings are looked for."""
    return (user_folder("config") or Path("~", ".config", "headnotes")) / FILE


def find_settings(arguments: Sequence[str]) -> list[Path]:
    """Return the settings files that exist, the farthest first.

    Args:
        arguments: the command line, in which files and folders are looked for.
    """
    named = [Path(argument) for argument in arguments if not argument.startswith("-")]
    folders = [Path(), *(path if is_folder(path) else path.parent for path in named)]
    candidates = [user_file(), *(folder / FILE for folder in folders)]
    return [file for file in dict.fromkeys(candidates) if is_file(file)]


def read_settings(
    files: Sequence[Path], command: click.Command, known: Sequence[click.Command]
) -> dict[str, Any]:
    """Return what settings files say instead of a command's defaults, by parameter.

    Args:
        files: from `find_settings`.
        command: the one that runs; keys for others are left out.
        known: all commands, one of which must know each key.

    Raises:
        UsageError: a file cannot be read, or has a key that no command or no such file may have,
            or a value that no option takes.
    """
    mine, every = _options_of(command), set().union(*map(_options_of, known))
    settings: dict[str, Any] = {}
    for file in files:
        is_users = file == user_file()
        for key, value in _load(file).items():
            _check_key(file, key, every, is_users=is_users)
            if key in mine:
                option = mine[key]
                settings[str(option.name)] = _take_value(file, key, value, option)
    return settings


def _options_of(command: click.Command) -> dict[str, click.Option]:
    """Return a command's options by their long names without dashes."""
    return {
        name.removeprefix("--"): parameter
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
        if name.startswith("--") and name.removeprefix("--") not in _NEVER
    }


def _load(file: Path) -> Mapping[str, object]:
    import tomli

    try:
        data = file.read_bytes()[: _LIMIT_BYTES + 1]
        if len(data) > _LIMIT_BYTES:
            raise _refuse(file, "is too large for settings", "keep only options in it")
        return tomli.loads(data.decode())
    except OSError as error:
        raise _refuse(file, f"cannot be read: {error.strerror}", "check its rights") from None
    except (ValueError, RecursionError) as error:
        raise _refuse(file, f"is not valid TOML: {error}", 'write it like lang = "de"') from None


def _check_key(file: Path, key: str, known: set[str], *, is_users: bool) -> None:
    if key not in known:
        hint = f"{near_name(key, sorted(known))}keys are the long names of options"
        raise _refuse(file, f"unknown key {key!r}", hint)
    if key in _FOR_USERS_ONLY and not is_users:
        raise _refuse(file, f"may not set {key!r}", f"write it into {user_file()}")


def _take_value(file: Path, key: str, value: object, option: click.Option) -> object:
    """Return a value as if it were typed; on others click would fail, or guess what they mean."""
    if isinstance(value, date | time):
        value = value.isoformat()
    if option.multiple and isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise _refuse(file, f"{key!r} lists what is no text", f'write it like {key} = ["a"]')
        return value
    is_number = isinstance(value, int | float) and abs(value) < _LEAST_ENDLESS  # never NaN
    if not (isinstance(value, str) or is_number):
        what = f"{key!r} is neither text, nor a number below {_LEAST_ENDLESS:,}, nor true or false"
        raise _refuse(file, what, "see --help for what the option takes")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_set = option.is_flag and isinstance(value, bool)
    if not is_set and option.type is not PATH:  # which says of a number that it is none
        value = str(value).lower() if isinstance(value, bool) else str(value)
    return [value] if option.multiple else value


def _refuse(file: Path, message: str, hint: str) -> UsageError:
    return UsageError(Issue(path=str(file), code="bad-settings", message=message, hint=hint))
