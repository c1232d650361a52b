"""Whether a text is there in every language that its file speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from headnotes.authoring.flaws import Flaw, Path
from headnotes.languages import base_language

STRICT_LANGUAGES = ("en", "de")
"""Languages that the strict check asks for, whatever the file's title speaks."""


def flaws_of_languages(
    found: Iterable[str], declared: Iterable[str], mend: str, path: Path = ()
) -> Iterator[Flaw]:
    """Find languages that a text is missing in.

    Args:
        found: tags it has.
        declared: tags of the file's title: what it speaks there it must speak everywhere.
        mend: what to do, with `{}` for the tag.
        path: of the text.
    """
    spoken = {base_language(tag) for tag in found}
    asked = [*declared]
    for tag in dict.fromkeys((*asked, *STRICT_LANGUAGES)):
        if base_language(tag) not in spoken:
            yield Flaw(
                path=path,
                what=f"has no text in {tag!r}",
                mend=mend.format(tag),
                rung="languages",
                is_strict=tag not in asked,
            )
