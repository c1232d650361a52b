"""A topic, its ratings and its work made up for tests: they pass the strict check as they stand."""

WORK = """\
format = 2
id = "show"
title = { en = "A Show", de = "Eine Serie" }
names = ["~Kardakow", "Nyssen"]

[[episodes]]
id = "S01E01"
[[episodes]]
id = "S01E02"
[[episodes]]
id = "S02E01"

[[depictions]]
id = "snow-in-may"
shown = { en = "Snow falls in May.", de = "Im Mai fällt Schnee." }
episodes = ["S01E01"]
[depictions.anchor]
all = ["snow* | Schnee*"]
any = ["May | Mai"]
[depictions.cases]
hits = [["Snowflakes, in May!"]]
misses = [["May I?"]]
[[depictions.claims]]
id = "snow-falls"
text = { en = "Snow falls in May 1929.", de = "Im Mai 1929 fällt Schnee." }
seen = "watched"
"""

TOPIC = """\
format = 2
id = "weather"
version = "1.0"
work = "show"
title = { en = "Weather", de = "Wetter" }

[[sources]]
id = "almanac"
title = "Almanac"
year = 1929
kind = "reference"
standpoint = { en = "none", de = "keiner" }
read = "part"
[[notes]]
id = "snow"
depictions = ["snow-in-may"]
claim = "snow-falls"
verdict = "inaccurate"
confidence = "high"
episodes = ["S01E01"]
spoiler = "S01E02"

[notes.en]
headnote = "No snow fell that May; it was 12 degrees."
shown = "Snow falls."
record = "It was warm."
confidence = "One station, read in part."

[notes.de]
headnote = "Kein Schnee fiel in jenem Mai; es waren 12 Grad."
shown = "Es schneit."
record = "Es war warm."
confidence = "Eine Station, zum Teil gelesen."

[[notes.citations]]
source = "almanac"
at = "page 3"
stance = "disputes"

[notes.anchor]
all = ["snowflake* | Schneeflocke*"]
any = ["May | Mai", "umbrella* | Regenschirm*"]
none = ["dance* | Tanz*"]

[notes.cases]
hits = [
  ["Snowflakes, in May!"],
  ["An umbrella against snowflakes?"],
  ["Is that a snowflake?", "What else would it be, in the month of May?"],
  ["Schneeflocken, im Mai!"],
  ["Ein Regenschirm gegen die Schneeflocken?"],
  ["Ist das eine Schneeflocke?", "Im Mai, ja, was denn sonst?"],
]
misses = [
  ["The snowflakes will dance for us in May, said the ballet master."],
  ["Where is my umbrella?"],
  ["It is the month of May, my love."],
  ["Die Schneeflocken tanzen erst im Mai wieder, beim Tanz."],
  ["Wo ist denn mein Regenschirm?"],
  ["Im Mai ist es bei uns immer so schön."],
]
"""


RATINGS = """\
format = 2
topic = "weather"
rater = "a second reader, who saw claim, record and sources only"

[[ratings]]
claim = "snow-falls"
verdict = "mostly-inaccurate"
confidence = "low"
reason = { en = "It was warm.", de = "Es war warm." }
"""


def broken(old, new, text=TOPIC):
    """Give the topic with one thing in it changed, and the line of the change."""
    assert text.count(old) == 1, f"{text.count(old)} times: {old!r}"
    return text.replace(old, new), text[: text.index(old)].count("\n") + 1
