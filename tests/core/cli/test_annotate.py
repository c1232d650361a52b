import pysrt
import pytest

from made_topics import SMALL_TOPIC

NAME = "Babylon.Berlin.S01E04.en.srt"
TITLED = "Babylon.Berlin.S01E04.Historical notes.en.srt"


def cues(text):
    return [(cue.start.ordinal, cue.end.ordinal, cue.text) for cue in pysrt.from_string(text)]


@pytest.fixture
def season(world, sample):
    world.write({f"in/{NAME}": sample("S01E04.en.srt")})
    return world


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def output(world, name=TITLED, folder="out"):
    return (world.folder / folder / name).read_bytes().decode("utf-8")


def test_annotate_keeps_every_cue_of_dialogue(season, sample):
    finished = season.run("annotate", "in", "-o", "out")
    written, read = cues(output(season)), cues(sample("S01E04.en.srt"))
    assert finished.status == 0
    assert set(read) <= set(written)
    added = [text for _, _, text in written if (_, _, text) not in read]
    assert len(written) - len(read) >= 8
    assert all(text.startswith("{\\an8}[") for text in added if text not in {t for *_, t in read})


def test_legend_is_not_counted_as_a_headnote(world):
    cues = "1\n00:00:20,000 --> 00:00:24,000\nSnowflakes.\n\n"
    cues += "2\n00:00:25,000 --> 00:00:29,000\nAn umbrella!\n\n"
    topic = SMALL_TOPIC.replace('["snow*"]', '["snow*", "umbrella"]')
    world.write({"topics/weather/topic.toml": topic, f"in/{NAME}": cues})
    finished = world.run("annotate", "in", "-o", "out", "--topic", "weather")
    assert f"{NAME}: 1 headnote -> " in finished.err
    written = output(world)
    assert "Labels judge what is shown" in " ".join(written.split())


def test_annotate_twice_gives_equal_bytes(season):
    season.run("annotate", "in", "-o", "out")
    first = output(season)
    season.run("annotate", "in", "-o", "out")
    assert output(season) == first


def test_own_outputs_in_the_input_are_passed_over(season):
    season.run("annotate", "in", "-o", "in")
    before = season.files()
    finished = season.run("annotate", "in", "-o", "in")
    assert (finished.status, season.files()) == (0, before)
    assert any("already has headnotes: 1" in line for line in finished.lines)


def test_notes_alone_are_a_track_too(season, sample):
    season.run("annotate", "in", "--profile", "notes-plain", "-o", "out")
    (name,) = names_in(season.folder / "out")
    written = cues(output(season, name))
    assert written
    assert all(text.startswith("[") for *_, text in written)


def test_notes_may_speak_another_language(season):
    season.run("annotate", "in", "--lang", "de", "-o", "out")
    (name,) = names_in(season.folder / "out")
    assert "[IM KERN WAHR]" in output(season, name)


def test_topic_and_verdict_filter_notes(season):
    finished = season.run(
        "annotate", "in", "-o", "out", "--topic", "blutmai", "--verdict", "invented"
    )
    assert finished.status == 0
    labels = {
        text.split("]")[0] for *_, text in cues(output(season)) if text.startswith("{\\an8}[")
    }
    assert labels == {"{\\an8}[INVENTED"}


def test_track_without_notes_gives_no_file_and_a_line(world):
    world.write({"Other.S01E01.en.srt": "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n"})
    finished = world.run("annotate", "Other.S01E01.en.srt", "-o", "out")
    assert finished.status == 2
    assert "nothing to note" in finished.err
    assert "no known work recognised" in finished.err
    assert not (world.folder / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["missing.srt"], "missing.srt: does not exist"),
        (["empty-folder"], "holds no subtitle files"),
        (["in", "--profile", "combined-str"], "did you mean 'combined-srt'?"),
        (["in", "--topic", "blutmay"], "did you mean 'blutmai'?"),
        (["in", "--work", "babylon"], "known: babylon-berlin"),
        (["in", "--episode", "E4"], "S01E04"),
        (["in", "--seen", "yesterday"], "S02E03"),
        (["in", "--lang", "d"], "language tag"),
    ],
)
def test_wrong_use_is_said_in_a_line(season, arguments, told):
    (season.folder / "empty-folder").mkdir()
    before = season.files()
    finished = season.run("annotate", *arguments)
    assert finished.status == 2
    assert told in finished.err
    assert season.files() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.srt", b""),
        ("binary.srt", bytes(range(256)) * 20),
        ("page.srt", b"<html><body>404</body></html>"),
    ],
)
def test_unreadable_file_does_not_stop_the_others(season, name, content):
    season.write({f"in/{name}": content})
    finished = season.run("annotate", "in", "-o", "out")
    assert finished.status == 1
    assert [line for line in finished.lines if name in line]
    assert output(season)


def test_only_unreadable_file_is_all_in_vain(world):
    world.write({"empty.srt": b""})
    finished = world.run("annotate", "empty.srt")
    assert (finished.status, len(finished.lines)) == (2, 1)


def test_input_is_never_overwritten(season, sample):
    season.write({"in/a.Historical notes.en.srt": sample("S01E04.en.srt")})
    season.write({"in/a.en.srt": sample("S01E04.en.srt")})
    before = season.files()
    finished = season.run("annotate", "in", "-o", "in", "--work", "babylon-berlin")
    assert finished.status == 1
    assert "would overwrite the input" in finished.err
    assert before.items() <= season.files().items()


def test_output_folder_that_cannot_be_made_is_named(season):
    season.write({"blocked": b"a file"})
    finished = season.run("annotate", "in", "-o", "blocked/out")
    assert finished.status == 2
    assert "cannot be written" in finished.err


TOPIC = SMALL_TOPIC.replace('"snow*"', '"tablecloth*", "flag*"')


def test_topic_in_a_folder_needs_no_installing(season):
    season.write({"topics/topic.toml": TOPIC})
    finished = season.run(
        "annotate", "in", "-o", "out", "--topics-dir", "topics", "--topic", "weather"
    )
    assert finished.status == 0
    assert "No snow." in output(season)


def test_broken_topic_is_listed_and_others_work(season):
    season.write(
        {"topics/topic.toml": TOPIC.replace('id = "snow"', 'id = "snow"\nweight = 9\nverdikt = 1')}
    )
    finished = season.run("annotate", "in", "-o", "out", "--topics-dir", "topics")
    assert finished.status == 1
    assert [line for line in finished.lines if "topic.toml:16" in line]
    assert [line for line in finished.lines if "topic.toml:17" in line]
    assert output(season)


def test_name_of_a_film_reaches_the_shell_as_it_is(season):
    name = "a\x1b[31m\udce4.mkv"
    season.write({name: b""})
    finished = season.run("annotate", "in", "-o", "out", "--mux", name)
    assert finished.status == 0
    assert "\x1b" not in finished.out
    assert "\\033[31m\\344.mkv" in finished.out


def test_film_whose_name_ends_with_a_line_feed_is_refused_before_anything_is_read(season):
    season.write({"a.mkv\n": b""})
    finished = season.run("annotate", "in", "-o", "out", "--mux", "a.mkv\n")
    assert (finished.status, finished.out) == (2, "")
    assert "ends with a line feed" in finished.err


def test_file_beyond_the_limits_is_refused_alone_and_read_where_the_user_insists(season, sample):
    cue = "900\n01:00:00,000 --> 01:00:01,000\n" + "x" * 10_001 + "\n\n"
    season.write({"in/Babylon.Berlin.S01E05.en.srt": sample("S01E05.en.srt") + "\n" + cue})
    finished = season.run("annotate", "in", "-o", "out")
    assert finished.status == 1
    assert "10,001 characters, and a cue has 10,000 at most" in finished.err
    assert len(names_in(season.folder / "out")) == 1
    assert season.run("annotate", "in", "-o", "out", "--large").status == 0
    assert len(names_in(season.folder / "out")) == 2


def join(first, second):
    """Put the cues of a second track behind those of a first one, on one clock."""
    both, behind = pysrt.from_string(first), pysrt.from_string(second)
    behind.shift(milliseconds=both[-1].end.ordinal + 20_000)
    both.extend(behind)
    both.clean_indexes()
    return "\n".join(map(str, both))


@pytest.mark.parametrize(
    ("name", "arguments", "shown"),
    [
        (NAME, (), NAME),
        ("S01E04.en.srt", ("--work", "babylon-berlin"), "S01E04.en.srt"),
        (NAME, ("--episode", "S01E04"), NAME),
        ("Babylon Berlin.en.srt", (), "Babylon Berlin.en.srt (S01E04 by its scenes)"),
        ("Babylon.Berlin.S01E05.en.srt", (), "Babylon.Berlin.S01E05.en.srt (S01E04 by its scenes)"),
        (
            "disc.en.srt",
            (),
            "disc.en.srt (babylon-berlin by 6 names in the dialogue, S01E04 by its scenes)",
        ),
        (NAME, ("-v",), f"{NAME} (babylon-berlin by file name, S01E04 by name)"),
        ("Babylon Berlin.en.srt", ("--episode", "S01E04"), "Babylon Berlin.en.srt"),
    ],
)
def test_episode_is_named_where_the_name_of_the_file_does_not_say_it(
    world, sample, name, arguments, shown
):
    world.write({name: sample("S01E04.en.srt")})
    for line in (" would go to ", " -> ", " is up to date"):
        dry = ("--dry-run",) if "would" in line else ()
        finished = world.run("annotate", name, "-o", "out", *arguments, *dry)
        (result,) = [printed for printed in finished.lines if line in printed]
        assert result.startswith((f"headnotes: {shown}: ", f"{shown}: "))


def test_episodes_that_only_scenes_show_are_named_beside_that_of_the_name(world, sample):
    world.write({NAME: join(sample("S01E04.en.srt"), sample("S01E05.en.srt"))})
    finished = world.run("annotate", NAME, "-o", "out")
    assert f"{NAME} (S01E04 + S01E05 by name + its scenes): " in finished.err


def test_episode_of_a_track_without_notes_is_named(world, sample):
    world.write({NAME: sample("S01E04.en.srt")})
    finished = world.run("annotate", NAME, "-v", "--episode", "S09E09", "-o", "out")
    taken = "babylon-berlin by file name, S09E09 by --episode"
    assert f"{NAME} ({taken}): nothing to note; no track written" in finished.err


@pytest.mark.parametrize(
    ("arguments", "status", "line"),
    [
        (
            ("--episode", "S01E05"),
            0,
            f"{NAME}: --episode says S01E05, but the scenes look like S01E04; if the scenes are"
            " right, leave out --episode",
        ),
        (
            ("--episode", "S09E09"),
            2,
            f"{NAME}: “babylon-berlin” has no episode S09E09, only S01E01 to S04E12; its scenes"
            " look like S01E04; leave out --episode, or give another",
        ),
    ],
)
def test_wrong_episode_asked_for_is_told_in_a_line(season, arguments, status, line):
    finished = season.run("annotate", "in", "-o", "out", *arguments)
    assert finished.status == status
    assert sum(line in printed for printed in finished.lines) == 1


def test_name_and_scenes_contradict_each_other_in_one_wording(world, sample):
    name = "Babylon.Berlin.S01E05.en.srt"
    world.write({name: sample("S01E04.en.srt")})
    contradiction = (
        "named S01E05, but its scenes look like S01E04; taken for S01E04;"
        " if that is wrong, give the episode with --episode"
    )
    assert f"{name}: {contradiction}" in world.run("annotate", name, "-o", "out").err
    explained = world.run("explain", name)
    assert (explained.out.splitlines()[1], explained.err) == (f"    {contradiction}", "")
    data = world.run("explain", name, "first-stone", "--format", "json")
    assert f"{name}: {contradiction}" in data.err


def test_name_that_the_input_has_already_says_how_to_get_another(season):
    finished = season.run("annotate", "in", "--for", "plex", "--beside")
    assert finished.status == 2
    line = "give it a name of its own with --naming titled, or choose another folder with -o"
    assert finished.err == f"headnotes: in/{NAME}: would overwrite the input '{NAME}'; {line}\n"
    assert (
        season.run("annotate", "in", "--for", "plex", "--beside", "--naming", "titled").status == 0
    )


def test_two_places_for_one_track_are_refused(season):
    finished = season.run("annotate", "in", "--beside", "-o", "out")
    assert finished.status == 2
    line = "--beside: -o names another place for the tracks; leave out one of the two"
    assert finished.err == f"headnotes: {line}\n"


def test_track_that_cannot_lie_beside_its_input_says_so_in_another_folder(season):
    line = (
        "headnotes: named like the input: 1, so not to be put beside it; give it a name of its own"
        " with --naming titled"
    )
    said = season.run("annotate", "in", "--for", "plex", "-o", "out")
    assert (said.status, said.lines[-1]) == (0, line)
    for arguments in (("--for", "plex", "--naming", "titled"), ("--for", "jellyfin")):
        assert line not in season.run("annotate", "in", *arguments, "-o", "titled").lines


@pytest.mark.parametrize(
    ("name", "arguments", "line"),
    [
        ("S01E14", (), "named S01E14 = S02E06, but its scenes look like S01E04; taken for S01E04"),
        (
            "S01E04",
            ("--episode", "S01E14"),
            "--episode says S01E14 = S02E06, but the scenes look like S01E04",
        ),
    ],
)
def test_number_that_the_work_counts_otherwise_is_said_as_it_is_written(
    world, sample, name, arguments, line
):
    name = f"Babylon.Berlin.{name}.German.1080p.srt"
    world.write({name: sample("S01E04.de.srt")})
    assert f"{name}: {line}" in world.run("annotate", name, "-o", "out", *arguments).err


@pytest.mark.parametrize(
    ("name", "arguments", "taken"),
    [
        ("S01E14", (), "S02E06 by name, where it is S01E14"),
        ("S02E06", ("--episode", "S01E14"), "S02E06 by --episode"),
    ],
)
def test_episode_that_is_counted_otherwise_is_named(world, sample, name, arguments, taken):
    name = f"Babylon.Berlin.{name}.srt"
    world.write({name: sample("S02E06.de.srt")})
    finished = world.run("annotate", name, "-o", "out", *arguments)
    assert f"headnotes: {name} ({taken}): 5 headnotes" in finished.err


@pytest.mark.parametrize(
    ("arguments", "options", "count"),
    [
        (("--topic", "blutmai"), "--topic", 1),
        (("--verdict", "inaccurate"), "--verdict", 1),
        (("--verdict", "inaccurate", "--seen", "all"), "--verdict", 1),
    ],
)
def test_track_in_which_no_note_is_as_asked_says_by_which_options(
    world, sample, arguments, options, count
):
    name = "Babylon.Berlin.S01E08.en.srt"
    world.write({name: sample("S01E08.en.srt")})
    finished = world.run("annotate", name, "-o", "out", *arguments)
    line = f"{name}: nothing to note, {count} left out (see {options}); no track written"
    assert (finished.status, finished.err) == (0, f"headnotes: {line}\n")


def test_weight_and_spoilers_that_leave_all_out_are_named(world, sample):
    name = "Babylon.Berlin.S01E04.en.srt"
    topic = SMALL_TOPIC.replace('["snow*"]', '["snow*", "umbrella"]')
    world.write({name: sample("S01E04.en.srt"), "topics/weather/topic.toml": topic})
    finished = world.run("annotate", name, "-o", "out", "--min-weight", "3", "--verdict", "context")
    assert "left out (see --min-weight" in finished.err


def test_spoilers_that_leave_all_out_name_the_option_though_nobody_gave_it(season):
    later = TOPIC.replace("[[notes]]", '[[notes]]\nspoiler = "S02E01"')
    season.write({"topics/topic.toml": later})
    finished = season.run(
        "annotate", "in", "-o", "out", "--topics-dir", "topics", "--topic", "weather"
    )
    assert "nothing to note, " in finished.err
    assert "--seen" in finished.err.split("(see ")[1]


def test_file_of_an_unknown_work_among_others_costs_no_status(season):
    season.write({"in/Other.S01E01.en.srt": "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n"})
    assert season.run("annotate", "in", "-o", "out").status == 0


def test_unknown_work_is_no_failure_where_notes_of_any_were_asked_for(world):
    world.write({"Other.S01E01.en.srt": "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n"})
    assert world.run("annotate", "Other.S01E01.en.srt", "--any-work", "-o", "out").status == 0
