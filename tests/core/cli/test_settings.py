import pytest

from headnotes.cli import settings

TRACK = "films/Babylon.Berlin.S01E04.en.srt"


@pytest.fixture
def home(world, monkeypatch, sample):
    world.write({TRACK: sample("S01E04.en.srt")})
    monkeypatch.setattr(settings, "user_file", lambda: world.folder / "home" / settings.FILE)
    return world


def written(world):
    return [name for name in world.files() if name.startswith("headnotes-out/")]


@pytest.mark.parametrize("place", ["headnotes.toml", "films/headnotes.toml", "home/headnotes.toml"])
@pytest.mark.parametrize("argument", [TRACK, "films"])
def test_settings_are_found_here_beside_the_films_and_at_home(home, place, argument):
    home.write({place: 'lang = "de"\nfor = "mpv"\nmin-weight = 2.0\n'})
    assert home.run("annotate", argument).status == 0
    assert written(home) == ["headnotes-out/Babylon.Berlin.S01E04.de.ass"]


def test_nearer_settings_win_and_what_is_typed_wins_over_all(home):
    home.write(
        {"home/headnotes.toml": 'for = "mpv"\nlang = "en"\n', "headnotes.toml": 'lang = "de"\n'}
    )
    home.run("annotate", TRACK)
    home.run("annotate", TRACK, "--for", "plex")
    assert written(home) == [
        "headnotes-out/Babylon.Berlin.S01E04.de.ass",
        "headnotes-out/Babylon.Berlin.S01E04.de.srt",
    ]


def test_folder_that_is_typed_wins_over_beside_in_the_settings(home):
    home.write({"home/headnotes.toml": "beside = true\n"})
    home.run("annotate", TRACK, "-o", "headnotes-out")
    assert len(written(home)) == 1
    home.run("annotate", TRACK, "--for", "mpv")
    home.run("annotate", TRACK, "--for", "vlc", "--beside")
    beside = [name for name in home.files() if name.startswith("films/") and name != TRACK]
    assert sorted(beside) == [
        "films/Babylon.Berlin.S01E04.Historical notes in colour.en.ass",
        "films/Babylon.Berlin.S01E04.en.ass",
    ]
    assert len(written(home)) == 1


def test_settings_for_another_command_are_left_out(home):
    home.write({"headnotes.toml": 'density = "dense"\n'})
    assert home.run("topics").status == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('langg = "de"', "unknown key 'langg'; did you mean 'lang'? keys are the long names"),
        ("lang: de", "is not valid TOML"),
        ('density = "thick"', "'thick' is not one of"),
        ('output = "/tmp"', "may not set 'output'; write it into"),
        ("version = true", "unknown key 'version'"),
        (f'lang = "{"x" * 100_000}"', "is too large for settings"),
        ("lang = {}", "'lang' is neither text, nor a number"),
        ("verbose = {}", "'verbose' is neither text"),
        ("min-weight = [1]", "'min-weight' is neither text"),
        ("min-weight = {a = 1}", "'min-weight' is neither text"),
        ("min-weight = inf", "nor a number below 1,000,000,000"),
        ("min-weight = nan", "nor a number below 1,000,000,000"),
        ("jobs = -inf", "'jobs' is neither text"),
        (f"min-weight = 0x{'f' * 5_000}", "films/headnotes.toml: 'min-weight' is neither text"),
        ("min-weight = 2024-05-01", "'2024-05-01' is not a valid integer"),
        ("verdict = [[1]]", "'verdict' lists what is no text; write it like verdict = [\"a\"]"),
        ("verdict = {}", "'verdict' is neither text"),
        ("verdict = 3", "'3' is not one of 'accurate'"),
        ("density = true", "'true' is not one of"),
        ("verbose = 5", "'5' is not a valid boolean"),
        ("min-weight = true", "'true' is not a valid integer"),
        ("min-weight = 1.5", "'1.5' is not a valid integer"),
    ],
)
def test_bad_settings_are_refused_in_one_line(home, text, line):
    home.write({"films/headnotes.toml": text})
    finished = home.run("annotate", "films")
    assert finished.status == 2
    assert line in finished.err
    assert finished.err.count("\n") == 1


@pytest.mark.parametrize(("text", "line"), [("5", "5 is not a path"), ('""', "empty path")])
def test_own_settings_with_no_path_for_one_are_refused_in_one_line(home, text, line):
    home.write({"home/headnotes.toml": f"output = {text}\n"})
    finished = home.run("annotate", TRACK)
    assert finished.status == 2
    assert line in finished.err
    assert finished.err.count("\n") == 1


def test_own_settings_may_say_where_files_are_written(home):
    home.write({"home/headnotes.toml": 'output = "watch"\n'})
    home.run("annotate", TRACK)
    assert any(name.startswith("watch/") for name in home.files())


def test_help_says_where_it_looks(home):
    help_text = " ".join(home.run("--help").out.split())
    assert "headnotes.toml, by their long names: in the current folder, beside" in help_text
