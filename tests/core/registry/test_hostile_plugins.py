"""Every way in which a plugin may go wrong, beside a good one: it costs itself, and is named."""

import pytest

NAME = "Babylon.Berlin.S01E04.en.srt"

HEAD = """
import sys
from pathlib import Path
from headnotes import Anchor, Annotation, Cue, Profile, TrackFormat, hookimpl
from made_plugins import moment, topic

class Leaving(BaseException):
    def __str__(self):
        sys.exit(0)
    __repr__ = __str__

class Shy:
    def __repr__(self):
        raise RuntimeError("shy")
    __str__ = __repr__

class Posing:
    @property
    def __class__(self):
        raise RuntimeError("posing")

def profile(write, name="odd"):
    return Profile(name=name, title={}, suffix=".odd", write=write)

def endless():
    while True:
        yield topic()
"""

GOOD = """
@hookimpl
def provide_topics():
    return [topic("good")]

@hookimpl
def provide_profiles():
    return [profile(lambda track, headnotes: "good", "good")]

@hookimpl
def annotate_track(track, topics):
    note = topics["good"].notes[0]
    return [Annotation(topic="good", note=note, moment=moment())]
"""


def topics(answer):
    return f"@hookimpl\ndef provide_topics():\n    {answer}\n"


def annotations(answer):
    return f"{topics('return [topic()]')}@hookimpl\ndef annotate_track(track):\n    {answer}\n"


def annotated(**fields):
    given = {"topic": "'odd'", "note": "topic().notes[0]", "moment": "moment()", **fields}
    words = ", ".join(f"{name}={value}" for name, value in given.items())
    return annotations(f"return [Annotation({words})]")


def profiles(answer):
    return f"@hookimpl\ndef provide_profiles():\n    {answer}\n"


def writes(body):
    return profiles(f"return [profile(lambda track, headnotes: {body})]")


def formats(recognise="True", parse="((), ())"):
    return (
        "@hookimpl\ndef provide_formats():\n    return [TrackFormat(name='odd', suffixes=('.odd',),"
        f" recognise=lambda text: {recognise}, parse=lambda text: {parse})]\n"
    )


# What the plugin does, its code, and what the user is told.
TABLE = {
    "raises on import": ("1 / 0", "loading: ZeroDivisionError"),
    "leaves on import": ("sys.exit(0)", "loading: SystemExit"),
    "raises what cannot be shown on import": ("raise Leaving", "an error that cannot be shown"),
    "is no module at all": ("sys.modules[__name__] = Posing()", "hooks: RuntimeError: posing"),
    "raises in a hook": (topics("1 / 0"), "hook provide_topics: ZeroDivisionError"),
    "leaves in a hook": (topics("sys.exit(0)"), "hook provide_topics: SystemExit"),
    "raises past Exception": (topics("raise GeneratorExit"), "hook provide_topics: GeneratorExit"),
    "raises what cannot be shown": (topics("raise Leaving"), "an error that cannot be shown"),
    "ends its own generator": (topics("raise StopIteration"), "hook provide_topics: StopIteration"),
    "answers without end": (topics("return endless()"), "gave more than 1,000 values"),
    "answers with a number": (
        topics("return 3"),
        "hook provide_topics: gave 3, not a list; give a",
    ),
    "answers with text": (topics("return 'ab'"), "hook provide_topics: gave 'ab', not a list"),
    "answers with a path alone": (topics("return Path('x')"), "gave PosixPath('x'), not a list"),
    "answers with the name of a file": (topics("return ['x']"), "gave 'x'; give pathlib.Path of"),
    "answers with a file that is not there": (
        topics("return [Path('/no/nope')]"),
        "hook provide_topics: gave '/no/nope', which does not exist",
    ),
    "answers with a folder without topics": (
        topics("return [Path(sys.path[0])]"),
        "which has neither topic.toml nor work.toml",
    ),
    "answers with no file of a language": (
        "@hookimpl\ndef provide_languages():\n    return [Path('/no/xy.toml')]",
        "hook provide_languages: gave '/no/xy.toml', which does not exist",
    ),
    "is not Python": (
        "def provide_topics(:",
        "SyntaxError: invalid syntax (headnotes_aaa_odd.py, line",
    ),
    "wants what is not there": ("import nope", "No module named 'nope' (headnotes_aaa_odd.py:"),
    "answers with what cannot be shown": (topics("return [Shy()]"), "a value of the type 'Shy'"),
    "answers with an impostor": (topics("return [Posing()]"), "RuntimeError: posing"),
    "runs out of stack": (topics("return provide_topics()"), "RecursionError"),
    "runs out of memory": (topics("raise MemoryError"), "MemoryError"),
    "has a bad term": (topics("return [topic(anchors=(Anchor(all=('a.*b',)),))]"), "term 'a.*b'"),
    "has a bad verdict": (topics("return [topic(verdict='true', confidence='high')]"), "'true'"),
    "has half a verdict": (topics("return [topic(verdict='accurate')]"), "without confidence"),
    "has text that is none": (topics("return [topic(id='a\\ud800')]"), "does not fit"),
    "has a list for a tuple": (topics("return [topic(departures=[])]"), "is not a tuple"),
    "lies about its sources": (
        topics("t = topic(); t.sources.clear(); return [t]"),
        "sources: is empty",
    ),
    "annotates past the end": (annotated(moment="moment(end_ms=10**9)"), "outside the track"),
    "annotates with text": (annotations("return 'text'"), "gave 'text', not a list"),
    "annotates without end": (annotations("return iter(int, 1)"), "gave more than 10,000 values"),
    "annotates with infinity": (annotated(moment="moment(strength=1e999)"), "inf does not fit"),
    "annotates with a bad note": (
        annotated(note="topic(verdict='true', confidence='high').notes[0]"),
        "'true' does not fit",
    ),
    "clears the topics of others": (
        "@hookimpl\ndef annotate_track(topics):\n    topics.clear()\n",
        "AttributeError",
    ),
    "has a profile that leaves": (writes("sys.exit(0)"), "profile 'odd': SystemExit"),
    "has a profile that raises": (writes("1 / 0"), "profile 'odd': ZeroDivisionError"),
    "has a profile that gives nothing": (writes("None"), "gave None instead of text"),
    "has a profile of no characters": (writes("'\\ud800'"), "UnicodeEncodeError"),
    "has a profile without end": (writes("'x' * 50_000_001"), "gave 50,000,001 characters"),
    "has a profile that is a number": (profiles("return [3]"), "gave 3, not a Profile"),
    "has a format that cannot tell": (formats("1 / 0"), "format 'odd': ZeroDivisionError"),
    "has a format that leaves": (formats(parse="sys.exit(0)"), "'notes.odd': SystemExit"),
    "has a format with a list of cues that are none": (
        formats(parse="([Shy()], ())"),
        "cue 1: gave a value of the type 'Shy'",
    ),
    "has a format that gives nothing": (formats(parse="None"), "gave None, not cues and repairs"),
    "has a format with one list": (formats(parse="[1]"), "gave [1], not cues and repairs; give"),
    "has a format with numbers": (
        formats(parse="([1], [])"),
        "cue 1: gave 1, not a Cue; see its d",
    ),
    "has a format with cues out of order": (
        formats(parse="((Cue(number=2, start_ms=5, end_ms=1, text='', spoken='', raw=''),), ())"),
        "number or times are not in order",
    ),
}


@pytest.mark.parametrize(("code", "told"), TABLE.values(), ids=TABLE)
def test_hostile_plugin_costs_itself_alone(world, sample, install, code, told):
    install("good", HEAD + GOOD)
    install("aaa-odd", HEAD + code)
    world.write({f"in/{NAME}": sample("S01E04.en.srt"), "notes.odd": "no format of ours\n"})
    arguments = ["--profile", "good"]
    if "def provide_profiles" in code and "profile(" in code:
        arguments += ["--profile", "odd"]
    finished = world.run("annotate", "in", "notes.odd", "-o", "out", *arguments)
    assert finished.status == 1
    assert [line for line in finished.lines if "plugin 'aaa-odd', " in line and told in line]
    assert finished.out == ""
    assert not [line for line in finished.lines if line.count("see its docstring") > 1]
    (written,) = (world.folder / "out").rglob("*.good.en.odd")
    assert written.read_text(encoding="utf-8") == "good"


@pytest.mark.parametrize("wanted", [["--profile", "odd"], ["--for", "oddplayer"]])
def test_plugin_without_its_profiles_is_named_before_they_are_unknown(
    world, sample, install, wanted
):
    install("aaa-odd", HEAD + profiles("raise ValueError('my bug')"))
    world.write({f"in/{NAME}": sample("S01E04.en.srt")})
    first, *_, last = world.run("annotate", "in", *wanted).lines
    assert "plugin 'aaa-odd', hook provide_profiles: ValueError: my bug" in first
    assert "'odd" in last


REPORTS = """
from headnotes import Report
@hookimpl
def provide_reports():
    return [Report(name="odd", suffix=".odd", render=lambda outcomes, language: {answer})]
"""


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("'text'", "gave 'text', not a dict; give texts by file name"),
        ("{'../x': ''}", "'../x' is not a file name; give names without folders"),
        ("{3: ''}", "gave 3 instead of text"),
    ],
)
def test_report_of_the_wrong_shape_names_its_plugin(world, sample, install, answer, said):
    install("aaa-odd", HEAD + REPORTS.replace("{answer}", answer))
    world.write({f"in/{NAME}": sample("S01E04.en.srt")})
    finished = world.run("report", "in", "--format", "odd")
    assert (finished.status, finished.out) == (2, "")
    assert f"plugin 'aaa-odd', report 'odd': {said}" in finished.err


def test_plugin_without_its_reports_is_named_before_they_are_unknown(world, sample, install):
    install("aaa-odd", HEAD + REPORTS.replace("return [", "return [1 / 0, "))
    install("bbb-odd", HEAD + topics("1 / 0"))
    world.write({f"in/{NAME}": sample("S01E04.en.srt")})
    finished = world.run("report", "in", "--format", "odd")
    first, second, last = finished.lines
    assert "plugin 'bbb-odd', hook provide_topics: " in first
    assert "plugin 'aaa-odd', hook provide_reports: " in second
    assert "unknown 'odd'" in last


PRINTS = """
print("from the module")
@hookimpl
def provide_topics():
    print("from the hook")
    sys.stdout.close()
    return []
"""


def test_what_a_plugin_prints_goes_to_standard_error(world, install):
    install("aaa-odd", HEAD + PRINTS)
    finished = world.run("topics")
    assert finished.status == 0
    assert "from the" not in finished.out
    assert "from the module\nfrom the hook\n" in finished.err
    assert "blutmai" in finished.out


GOES = "__import__('os').chdir('elsewhere')"
WANDERS = {
    "on import": GOES,
    "in a hook": topics(f"{GOES}; return []"),
    "in a profile": writes(f"{GOES} or 'odd'"),
    "and raises": topics(f"{GOES}; 1 / 0"),
}


@pytest.mark.parametrize("code", WANDERS.values(), ids=WANDERS)
def test_plugin_that_goes_to_another_folder_goes_there_alone(world, sample, install, code):
    install("good", HEAD + GOOD)
    install("aaa-odd", HEAD + code)
    world.write({f"in/{NAME}": sample("S01E04.en.srt"), "elsewhere/a.txt": ""})
    odd = ["--profile", "odd"] if "provide_profiles" in code else []
    world.run("annotate", "in", "-o", "out", "--profile", "good", *odd)
    written = [*(world.folder / "out").rglob("*.odd")]
    assert len(written) == (2 if odd else 1)
    assert [file.name for file in (world.folder / "elsewhere").iterdir()] == ["a.txt"]


def test_interrupt_of_the_user_still_ends_the_run(world, install):
    install("aaa-odd", HEAD + topics("raise KeyboardInterrupt"))
    finished = world.run("topics")
    assert finished.status == 130
    assert "plugin 'aaa-odd' was running" in finished.err


def test_installed_plugins_may_be_left_out(world, install):
    install("good", HEAD + GOOD)
    install("aaa-odd", HEAD + "1 / 0")
    every = world.run("topics")
    none = world.run("topics", "--no-plugins")
    some = world.run("topics", "--only-plugin", "good")
    assert (every.status, none.status) == (1, 0)
    assert none.out == ""
    assert "aaa-odd" not in none.err
    assert [line.split()[0] for line in some.out.splitlines()] == ["good"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--only-plugin", "blutmay"], "did you mean 'blutmai'? "),
        (["--only-plugin", "blutmai", "--no-plugins"], "excludes --no-plugins"),
    ],
)
def test_plugin_that_cannot_be_meant_is_said(world, arguments, told):
    finished = world.run("topics", *arguments)
    assert (finished.status, finished.out) == (2, "")
    assert told in finished.err
