"""The language of dialogue."""

import pytest

from headnotes.languages import all_languages, guess_language, guess_text_language, is_kin
from headnotes.model import Cue

SAID = {
    "en": "I do not know where you were. What is it that he has to say to the police?",
    "de": "Ich weiß nicht, wo du warst. Was ist das, und was haben wir mit der Polizei zu tun?",
    "fr": "Je ne sais pas où vous étiez. Qu'est-ce que c'est, et qui est dans la maison avec elle?",
    "es": "No sé dónde estaba usted. ¿Qué es lo que tiene para la policía? Una cosa.",
    "it": "Non so dove sei stato. Che cosa è questo, e cosa ho con la polizia? Ma non mi lo dire.",
    "pl": "Nie wiem, gdzie byłeś. Co to jest i co ja mam do powiedzenia? Tak, ale już nie tylko.",
    "sv": "Jag vet inte var du var. Vad är det och vad har han för mig? Det kan vi inte med.",
    "da": "Jeg ved ikke, hvor du var. Hvad er det, og hvad har han til mig? Kan vi ikke af dig.",
    "no": "Jeg vet ikke hvor du var. Hva er det, og hva har han til meg? Det kan vi ikke av deg.",
    "nl": "Ik weet niet waar je was. Wat is het, en wat zijn we? Dat is een ding van hij.",
    "ru": "Я не знаю, где ты был. Что это, и что мы скажем полиции? Это был он.",
    "bg": "Аз не знам къде си бил вечерта. Какво е това и какво ще кажем? Къщата е тъмна.",
    "uk": "Я не знаю, де ти був. Що це, і що ми скажемо поліції? Її тут немає.",
    "zh": "我不知道你昨天晚上在哪里。这是什么？",
    "ja": "昨日の夜、どこにいましたか。知りません。",
}


def cues(text):
    """Cut a text into cues of one sentence each."""
    lines = text.replace("?", "?\n").replace(". ", ".\n").splitlines()
    return [
        Cue(number=n, start_ms=0, end_ms=1, text=line, spoken=line, raw=line)
        for n, line in enumerate(lines, 1)
    ]


@pytest.mark.parametrize(("language", "text"), SAID.items(), ids=SAID)
def test_small_words_and_letters_tell_the_language(language, text):
    assert guess_language(cues(text)) == language
    assert guess_text_language(text) == language


@pytest.mark.parametrize(
    "text", ["", "Berlin.", "1929.", "Trotzki Stalin Lenin " * 9, "la la la " * 9], ids=repr
)
def test_nothing_is_said_where_nothing_is_sure(text):
    assert guess_language(cues(text)) is None


@pytest.mark.parametrize(
    ("language", "other", "kin"), [("hr", "sr", True), ("de", "de", True), ("de", "en", False)]
)
def test_kin_languages_do_not_contradict(language, other, kin):
    assert is_kin(language, other) == kin


@pytest.mark.parametrize("data", all_languages(), ids=lambda data: data.tag)
def test_kinship_is_mutual(data):
    assert all(is_kin(other, data.tag) for other in data.kin)
