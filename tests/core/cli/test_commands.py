import json
import re
from pathlib import Path

import click
import pysrt
import pytest

from headnotes.cli import app, printing
from headnotes.cli.inputs import PATH
from headnotes.tracks import parse_track
from made_topics import RATINGS, TOPIC, WORK

COMMANDS = [
    *("annotate", "report", "watch", "explain", "topics", "plugins", "bibliography", "lint"),
    *("new", "check", "preview"),
]
README = Path(__file__).parents[3] / "README.md"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(world, command):
    finished = world.run(command, "--help")
    assert finished.status == 0
    assert f"Example: headnotes {command}" in finished.out


def test_help_lists_all_commands(world):
    finished = world.run("--help")
    assert all(re.search(rf"^  {command} ", finished.out, re.MULTILINE) for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_which_options_may_be_repeated(command):
    found = app.get_command(click.Context(app), command)
    assert found is not None
    for option in found.params:
        if isinstance(option, click.Option) and option.multiple:
            assert "may be repeated" in (option.help or ""), option.name


def test_misspelt_long_option_is_near_long_ones_alone(world):
    finished = world.run("annotate", "--ou")
    assert finished.status != 0
    assert "--output" in finished.err
    assert not re.search(r"(?<!-)-o\b", finished.err)


@pytest.mark.parametrize("output", [["-o", "list"], ["-o=list"], ["--output=list"], ["-olist"]])
def test_short_option_is_taken_as_the_long_one_is(world, output):
    assert world.run("new", "weimar-cinema", *output).status == 0
    assert (world.folder / "list").is_dir()


def test_path_is_completed_by_the_shell():
    context = click.Context(click.Command("any"))
    (item,) = PATH.shell_complete(context, click.Argument(["path"]), "sub")
    assert (item.value, item.type) == ("sub", "file")


def test_wrong_command_exits_with_two(world):
    assert world.run("anotate").status == 2


def test_topic_says_whose_it_is_and_where_it_is_kept(world):
    terms = 'authors = ["A. Writer"]\nlicence = "CC BY 4.0"\nhomepage = "https://example.org/w"\n'
    world.write(
        {"topics/weather/topic.toml": TOPIC.replace("[[sources]]", f"{terms}[[sources]]", 1)}
    )
    world.write({"topics/show/work.toml": WORK})
    listed = world.run("topics", "--topics-dir", "topics").out
    assert "work show; A. Writer; CC BY 4.0; https://example.org/w\n" in listed
    page = world.run("topics", "weather", "--topics-dir", "topics").out
    assert "A. Writer · CC BY 4.0 · <https://example.org/w>" in page


def test_topic_on_a_work_that_is_missing_is_not_listed_as_sound(world):
    world.write({"topics/weather/topic.toml": TOPIC})
    listed = world.run("topics", "--topics-dir", "topics")
    assert "work show (missing: no note of it will show)\n" in listed.out
    assert "; put the folder or zip of that work beside it\n" in listed.err
    assert listed.status == 1
    world.write({"topics/show/work.toml": WORK})
    assert "missing" not in world.run("topics", "--topics-dir", "topics").out


def test_topics_lists_counts_and_details(world):
    finished = world.run("topics")
    assert re.search(r"^blutmai \d+\.\d+: Bloody May; \d+ notes", finished.out, re.MULTILINE)
    assert "women-on-the-balcony" in world.run("topics", "blutmai").out
    assert "did you mean 'blutmai'" in world.run("topics", "blutmay").err


def test_plugins_names_what_is_wrong(world):
    world.write({"topics/bad/topic.toml": "format = 1\n"})
    finished = world.run("plugins", "--topics-dir", "topics")
    assert finished.status == 1
    assert re.search(r"^bad \| .*FAILED$", finished.out, re.MULTILINE)
    assert re.search(r"^blutmai .*ok$", finished.out, re.MULTILINE)


@pytest.fixture
def episode(world, sample):
    world.write(
        {f"Babylon.Berlin.S01E04.{tag}.srt": sample(f"S01E04.{tag}.srt") for tag in ("en", "de")}
    )
    return world


def test_report_of_one_file_is_one_object(episode):
    finished = episode.run("report", "Babylon.Berlin.S01E04.de.srt", "--format", "json")
    data = json.loads(finished.out)
    assert (finished.status, data["schema"], data["episode"]["id"]) == (0, "headnotes/2", "S01E04")


@pytest.mark.parametrize("asked", [["--verdict", "invented"], ["--min-weight", "3"]])
def test_report_counts_what_it_does_not_list(episode, asked):
    file = "Babylon.Berlin.S01E04.en.srt"
    whole = json.loads(episode.run("report", file, "--format", "json").out)
    part = json.loads(episode.run("report", file, "--format", "json", *asked).out)
    assert len(part["annotations"]) < len(whole["annotations"])
    assert (part["score"], part["claims"]) == (whole["score"], whole["claims"])
    assert "13 of 13 claims found in the dialogue" in episode.run("report", file, *asked).out


@pytest.mark.parametrize(
    ("tag", "lines"),
    [
        ("en", ["1 claim judged here counts for other episodes (S01E02)", "counts for other"]),
        ("de", ["2 hier beurteilte Aussagen zählen für andere Folgen (S01E02, S02E08)"]),
    ],
)
def test_report_says_where_a_claim_counts_that_its_episode_does_not_make(world, sample, tag, lines):
    name = f"Babylon.Berlin.S01E08.{tag}.srt"
    world.write({name: sample(f"S01E08.{tag}.srt")})
    printed = " ".join(world.run("report", name).out.split())
    assert [line in printed for line in lines] == [True] * len(lines)
    data = json.loads(world.run("report", name, "--format", "json").out)
    hunt = next(item for item in data["annotations"] if item["note"].startswith("hunt-for"))
    assert (hunt["claim"], hunt["counts_in"], data["score"]["claims"]) == (None, ["S01E02"], 0)


def test_report_on_one_topic_counts_that_topic_alone(world, sample):
    world.write({"S01E02.en.srt": sample("S01E02.en.srt")})
    arguments = ("report", "S01E02.en.srt", "--work", "babylon-berlin", "--topic", "blutmai")
    data = json.loads(world.run(*arguments, "--format", "json").out)
    assert (data["claims"], data["score"]["claims"], [*data["topics"]]) == ([], 0, ["blutmai"])
    assert "Notes and numbers are of these topics alone: Bloody May." in world.run(*arguments).out


def test_report_shows_a_spoiler_to_who_has_seen_its_episode(world, sample):
    name = "Babylon.Berlin.S01E01.en.srt"
    world.write({name: sample("S01E01.en.srt")})
    assert "spoiler for S01E03; --seen S01E03 shows it" in world.run("report", name).out
    printed = world.run("report", name, "--seen", "S01E03")
    assert "spoiler for S01E03" not in printed.out
    wrong = world.run("report", name, "--seen", "tomorrow")
    assert (wrong.status, wrong.out) == (2, "")
    assert "--seen" in wrong.err


def test_report_of_several_files_is_an_object_a_line(episode):
    finished = episode.run("report", ".", "--format", "json")
    rows = [json.loads(line) for line in finished.out.splitlines()]
    assert [row["episode"]["language"] for row in rows] == ["de", "en"]


@pytest.mark.parametrize("tag", ["en", "de"])
def test_every_note_of_the_episode_is_told_of(episode, tag):
    data = json.loads(
        episode.run("report", f"Babylon.Berlin.S01E04.{tag}.srt", "--format", "json").out
    )
    told = {(one["topic"], one["note"]) for one in (*data["annotations"], *data["unplaced"])}
    from headnotes.model import EpisodeId
    from headnotes.registry import Registry

    expected = {
        (topic.id, note.id)
        for topic in Registry().topics.values()
        for note in topic.notes
        if EpisodeId(1, 4) in note.episodes
    }
    assert expected <= told


@pytest.mark.parametrize("tag", ["en", "de"])
def test_women_on_the_balcony_are_rated_at_their_scene(episode, sample, tag):
    data = json.loads(
        episode.run("report", f"Babylon.Berlin.S01E04.{tag}.srt", "--format", "json").out
    )
    (found,) = [one for one in data["annotations"] if one["note"] == "women-on-the-balcony"]
    assert (found["verdict"], found["confidence"]) == ("mostly-accurate", "moderate")
    assert found["citations"]
    cues = pysrt.from_string(sample(f"S01E04.{tag}.srt"))
    spoken = " ".join(cue.text for cue in cues[found["first_cue"] - 10 : found["last_cue"] + 5])
    assert {"en": "balcony", "de": "Balkon"}[tag] in spoken


def test_report_goes_to_a_file(episode):
    finished = episode.run("report", "Babylon.Berlin.S01E04.en.srt", "-o", "report.txt")
    assert finished.out == ""
    assert "women-on-the-balcony" in (episode.folder / "report.txt").read_text(encoding="utf-8")


def test_explain_says_why_a_note_stands(episode):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", "women-on-the-balcony")
    assert finished.status == 0
    assert "blutmai/women-on-the-balcony: placed at 0:" in finished.out
    assert re.search(r"“.*” in cue \d+ counts for", finished.out)


def test_explain_says_what_was_missing(world):
    world.write({"a.srt": "1\n00:00:01,000 --> 00:00:02,000\nA balcony, two women.\n"})
    finished = world.run("explain", "a.srt", "women-on-the-balcony")
    assert "no known work recognised" in finished.out
    assert "not placed; its work was not recognised in this track\n" in finished.out
    assert "it is about “babylon-berlin”; --work treats this track as that work" in finished.out
    assert "closest: found “balcony”" in finished.out


def test_explain_gives_the_same_as_data(episode):
    finished = episode.run(
        "explain",
        "Babylon.Berlin.S01E04.en.srt",
        "blutmai/women-on-the-balcony",
        "--format",
        "json",
    )
    (explained,) = json.loads(finished.out)
    assert explained["placed"][0]["passage"]["depiction"] == "women-on-the-balcony"
    assert explained["episode"]["posterior"]["S01E04"] > 0.9
    assert (explained["reasons"], explained["message"], explained["recap"]) == ([], "", None)
    assert explained["candidate"]["is_moment"]


def test_explain_contradicts_a_wrong_name(world, sample):
    world.write({"Babylon.Berlin.S01E05.en.srt": sample("S01E04.en.srt")})
    finished = world.run("explain", "Babylon.Berlin.S01E05.en.srt", "women-on-the-balcony")
    assert "    named S01E05, but its scenes look like S01E04; taken for S01E04; " in finished.out
    assert "S01E04 by its scenes" in finished.out
    assert "by name and scenes: S01E04 100%" in finished.out
    assert "in the passage “women-on-the-balcony”, 0:" in finished.out
    assert finished.err == ""


def test_lint_finds_nothing_in_our_tracks(episode):
    profiles = ["combined-srt", "combined-ass", "combined-plain", "notes-plain", "notes-web"]
    chosen = [part for name in profiles for part in ("--profile", name)]
    assert episode.run("annotate", ".", "-o", "out", *chosen).status == 0
    finished = episode.run("lint", "out")
    assert (finished.status, finished.out) == (0, "")
    assert "10 track(s), 0 violation(s)" in finished.err


def test_lint_names_the_offender_with_its_time(world):
    world.write({"a.srt": "1\n00:00:01,000 --> 00:00:01,500\n[TRUE] Far too short to be read.\n"})
    finished = world.run("lint", "a.srt")
    assert finished.status == 1
    assert "a.srt:1: cue 1 at 0:00:01: N1: " in finished.out


def test_lint_is_told_the_frame_rate_that_a_file_does_not_say(world):
    world.write({"a.sub": "{25}{150}[TRUE] Long enough to be read.\n"})
    refused = world.run("lint", "a.sub")
    assert (refused.status, "--fps 25" in refused.err) == (2, True)
    assert world.run("lint", "a.sub", "--fps", "25").status == 0


def test_bibliography_is_read_by_other_programs(world):
    entries = json.loads(world.run("bibliography", "--topic", "blutmai").out)
    assert all(entry["id"] and entry["title"] and entry["type"] for entry in entries)
    assert world.run("bibliography", "--format", "bibtex").out.count("\n@") >= 100


def test_mux_prints_commands_for_a_shell(episode):
    episode.write({"it's.mkv": b"film"})
    finished = episode.run("annotate", "Babylon.Berlin.S01E04.en.srt", "--mux", "it's.mkv")
    assert finished.out.startswith("mkvmerge -o ")
    assert "--default-track-flag 0:no" in finished.out


def test_mux_does_not_count_what_headnotes_wrote_itself(world, sample):
    spoken = sample("S01E04.en.srt")
    world.write({"season/Babylon.Berlin.S01E04.en.srt": spoken, "film.mkv": b"film"})
    first, second = (
        world.run("annotate", "season", "--beside", "--mux", "film.mkv") for _ in range(2)
    )
    assert (first.status, second.status) == (0, 0)
    assert second.out == first.out != ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Babylon.Berlin.S01E04.en.srt", "--mux", "no.mkv"], "'no.mkv' is not a file"),
        ([".", "--mux", "film.mkv"], "2 inputs for one film"),
    ],
)
def test_mux_wants_one_track_and_its_film(episode, arguments, told):
    episode.write({"film.mkv": b"film"})
    finished = episode.run("annotate", *arguments)
    assert (finished.status, finished.out) == (2, "")
    assert told in finished.err


def test_film_in_a_folder_is_read_where_no_subtitles_lie_beside_it(world):
    world.write({"films/one.mkv": b"film", "films/two.mkv": b"film", "films/two.en.srt": "x"})
    finished = world.run("annotate", "films")
    assert "films/one.mkv: ff" in finished.err or "without ffmpeg" in finished.err
    assert "films/two.mkv: skipped, as 'two.en.srt' lies beside it" in finished.err


def test_tracks_are_written_beside_their_inputs_once(episode):
    first = episode.run("annotate", ".", "--beside", "--for", "mpv")
    written = [name for name in episode.files() if name.endswith(".ass")]
    assert (first.status, len(written)) == (0, 2)
    again = episode.run("annotate", ".", "--beside", "--for", "mpv")
    assert again.err.count("is up to date") == 2
    assert "->" not in again.err


def test_track_beside_its_input_never_replaces_another_file(episode):
    episode.write({"Babylon.Berlin.S01E04.en.ass": "[Script Info]\n"})
    arguments = ("Babylon.Berlin.S01E04.en.srt", "--beside", "--for", "mpv")
    finished = episode.run("annotate", *arguments)
    assert finished.status == 2
    assert "already exists, and Headnotes did not write it" in finished.err


def test_dry_run_says_what_would_be_written_and_writes_nothing(episode):
    before = episode.files()
    finished = episode.run("annotate", ".", "--dry-run")
    assert "would go to" in finished.err
    assert episode.files() == before


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["run", "dry-run"])
def test_dry_run_refuses_what_a_run_refuses(episode, sample, dry):
    episode.write({"Babylon.Berlin.S01E04.srt": sample("S01E04.en.srt")})
    before = episode.files()
    finished = episode.run(
        "annotate", "Babylon.Berlin.S01E04.en.srt", "Babylon.Berlin.S01E04.srt", "-o", "out", *dry
    )
    assert finished.status == 2
    assert finished.err.count("and so would") == 2
    assert "of a film, --stream reads one track alone" in finished.err
    assert episode.files() == before


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["anotate"], "No such command 'anotate'; did you mean 'annotate'?"),
        (["annotate", "--verdict", "false"], "'false' is called 'inaccurate' here"),
        (["annotate", "--verdict", "im kern wahr"], "is called 'mostly-accurate' here"),
    ],
)
def test_wrong_name_points_to_the_right_one(episode, arguments, line):
    finished = episode.run(*arguments)
    assert finished.status == 2
    assert line in finished.err


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--lang", "fr"], "--lang: no note is in 'fr'; there are notes in de, en"),
        (
            ["--lang", "xx"],
            "--lang: labels and reports have no words in 'xx' and appear in English",
        ),
        (["--episode", "S09E01"], "has no episode S09E01, only S01E01 to"),
    ],
)
def test_choice_that_leads_nowhere_is_named(episode, arguments, line):
    assert line in episode.run("annotate", ".", *arguments).err


def test_report_of_many_files_wants_a_folder(episode):
    finished = episode.run("report", ".", "--format", "html", "-o", "all.html")
    assert finished.status == 2
    assert "give a folder, such as all/" in finished.err


def test_ci_runs_the_second_readme_command():
    text = README.read_text(encoding="utf-8")
    _, second = re.findall(r"^\$ (python3 -m venv .*)$", text, re.MULTILINE)
    script = (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert f"\n{second}\n" in script


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("headnotes an", ["annotate"]),
        ("headnotes annotate --topic com", ["comintern"]),
        ("headnotes annotate --work baby", ["babylon-berlin"]),
        ("headnotes annotate --for v", ["vlc"]),
        ("headnotes annotate --profile chapters-m", ["chapters-matroska"]),
        ("headnotes annotate --density sp", ["sparse"]),
        ("headnotes report --verdict inv", ["invented"]),
    ],
)
def test_shell_completes_names_and_values(world, monkeypatch, line, offered):
    monkeypatch.setenv("_HEADNOTES_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    with pytest.raises(SystemExit):  # click ends the program once it has answered the shell
        world.run()
    out = world.capture.readouterr().out
    assert [each.partition(",")[2] for each in out.splitlines()] == offered


def test_topic_is_rendered_on_a_terminal_and_markdown_elsewhere(world, monkeypatch):
    assert "\n## " in world.run("topics", "blutmai").out
    monkeypatch.setattr("headnotes.cli.topics.is_terminal", lambda _: True)
    rendered = world.run("topics", "blutmai").out
    assert "\n## " not in rendered
    assert "Bloody May" in rendered


def test_line_clears_the_bar_that_it_meets(monkeypatch, capsys):
    monkeypatch.setattr(printing, "is_terminal", lambda _: True)
    with printing.progress_of(range(5), 5, is_quiet=False) as items:
        for number in items:
            printing.print_line(f"file {number}")
    printing.print_line("done")
    err = capsys.readouterr().err
    # what clears the line, besides the return, click leaves out where no terminal is
    assert err.count("\rheadnotes: file") == 5
    assert "\rheadnotes: done" not in err


def test_chapters_are_the_same_at_any_density_and_end_with_their_passages(episode):
    made = []
    for density in ("sparse", "dense"):
        arguments = ("--profile", "chapters-ffmetadata", "--density", density, "-o", density)
        episode.run("annotate", "Babylon.Berlin.S01E04.en.srt", *arguments)
        made += [data for name, data in episode.files().items() if name.startswith(density)]
    assert len(made) == 2
    assert made[0] == made[1]
    track = parse_track(episode.files()["Babylon.Berlin.S01E04.en.srt"], "a.srt")
    ends = [int(end) for end in re.findall(rb"END=(\d+)", made[0])]
    assert ends[-1] < track.duration_ms


def test_left_out_note_is_listed_with_time_line_and_reason_in_the_readers_language(episode):
    arguments = ("-v", "--density", "sparse", "--lang", "de")
    finished = episode.run("annotate", "Babylon.Berlin.S01E04.en.srt", *arguments)
    assert re.search(
        r"nicht im Bild, 0:\d\d:\d\d: \[[A-ZÄÖÜ: ]+\] .* \(\w+/[\w-]+\): auf zehn Minuten kommen",
        finished.err,
    )
    assert "was nicht im Bild steht, steht im Bericht: headnotes report" in finished.err


def test_report_says_what_is_on_screen_and_when(episode):
    report = episode.run("report", "Babylon.Berlin.S01E04.en.srt", "--format", "md").out
    assert re.search(r"on screen at 0:\d\d:\d\d", report)


@pytest.fixture
def rated(world):
    """Give a world with a topic whose claim two readers rate differently."""
    folder = "topics/weather"
    world.write(
        {
            f"{folder}/topic.toml": TOPIC,
            f"{folder}/ratings.toml": RATINGS,
            "topics/show/work.toml": WORK,
        }
    )
    return world


def test_topics_tells_how_far_two_ratings_agree(rated):
    arguments = ("topics", "weather", "--agreement", "--no-plugins", "--topics-dir", "topics")
    finished = rated.run(*arguments)
    assert (finished.status, finished.err) == (0, "")
    lines = finished.out.splitlines()
    assert lines[0] == "Weather: 1 claim, 1 rated twice, 1 of these differently"
    assert "snow-falls: Snow falls in May 1929. (watched)" in lines
    assert lines[-1] == "  second: mostly inaccurate, low confidence: It was warm."
    german = rated.run(*arguments, "--lang", "de").out
    assert "snow-falls: Im Mai 1929 fällt Schnee. (gesehen)" in german


def test_topics_compares_all_ratings_of_a_work_together(rated):
    other = TOPIC.replace('id = "weather"', 'id = "winds"').replace('"Weather"', '"Winds"')
    rated.write({"topics/winds/topic.toml": other})
    finished = rated.run("topics", "--agreement", "--no-plugins", "--topics-dir", "topics")
    assert finished.out.startswith("Weather, Winds: 2 claims, 1 rated twice")
    unknown = rated.run("topics", "show", "--agreement", "--topics-dir", "topics", "--no-plugins")
    assert (unknown.status, "'show'" in unknown.err) == (2, True)


def test_topics_lists_the_claims_of_a_work_and_of_a_note(rated):
    show = rated.run("topics", "show", "--no-plugins", "--topics-dir", "topics").out
    assert "    snow-falls: Snow falls in May 1929." in show.splitlines()
    page = rated.run("topics", "weather", "--no-plugins", "--topics-dir", "topics").out
    assert "*Claim:* Snow falls in May 1929. (watched)" in page
    assert "*Second, blind rating:* ◔ mostly inaccurate, low confidence. It was warm." in page
