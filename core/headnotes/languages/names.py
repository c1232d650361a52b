"""How file names call languages, and which one a name means.

Source: ISO 639-1 and both sets of ISO 639-2, and names in English and in the language itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headnotes.model import Language

_RELEASE_WORDS = frozenset({"web", "web-dl", "webrip", "hdtv", "x264", "x265", "h264", "proper"})
_NAMES = """
ar ara arabic
bg bul bulgarian
bs bos bosnian
ca cat catalan
cs cze ces czech cesky cestina
da dan danish dansk
de ger deu german deutsch
el gre ell greek
en eng english
es spa spanish espanol castellano latino
et est estonian
eu baq eus basque
fa per fas persian farsi
fi fin finnish suomi
fr fre fra french francais vf vostfr
he heb hebrew iw
hi hin hindi
hr hrv croatian hrvatski
hu hun hungarian magyar
id ind indonesian
is ice isl icelandic
it ita italian italiano
ja jpn japanese jp
ko kor korean kr
lt lit lithuanian
lv lav latvian
mk mac mkd macedonian
ms may msa malay
nl dut nld dutch nederlands
no nor norwegian norsk nb nob nn nno
pl pol polish polski
pt por portuguese portugues pob pb brazilian
ro rum ron romanian romana
ru rus russian
sk slo slk slovak
sl slv slovenian slovene
sq alb sqi albanian
sr srp scc serbian srpski
sv swe swedish svenska se
ta tam tamil
te tel telugu
th tha thai
tr tur turkish turkce
uk ukr ukrainian
vi vie vietnamese
zh chi zho chinese chs cht cn
"""

LANGUAGES: Mapping[str, Language] = {
    name: names[0] for names in map(str.split, _NAMES.strip().splitlines()) for name in names
}
"""Tags by the words that file names use for them, in lower case."""

FLAGS: Mapping[str, str] = {
    "sdh": "sdh",
    "cc": "sdh",
    "forced": "forced",
    "foreign": "forced",
    "default": "default",
}
"""What a subtitle track is for, by the words that file names use, in lower case."""


def read_language(text: str) -> tuple[Language | None, frozenset[str]]:
    """Find language and flags in the name of a file without its ending.

    At the end of a name a code of two letters is a language; before it only a word is one, for
    `It.Is.Over` is a title.
    """
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)?", text.lower())
    flags: set[str] = set()
    language = None
    is_tail = True
    for word in reversed(words[1:] if len(words) > 1 else words):
        tag = LANGUAGES.get(word) or LANGUAGES.get(word.partition("-")[0])
        if word in FLAGS and is_tail:
            flags.add(FLAGS[word])
        elif tag and language == "hi" and is_tail:  # `en.hi`: for the hard of hearing, not Hindi
            flags.add("sdh")
            language = tag
        elif tag and language is None and (is_tail or len(word) > 3):
            language = tag
        elif not (word[0].isdecimal() or word in _RELEASE_WORDS):
            is_tail = False
    return language, frozenset(flags)
