import json

import pytest

TRACK = "subtitles/Babylon.Berlin.S01E01.en.srt"


def test_new_topic_passes_check_and_shows_at_once(world, sample):
    world.write({TRACK: sample("S01E01.en.srt")})
    begun = world.run("new", "weimar-cinema")
    assert (begun.status, begun.out) == (0, "")
    assert begun.lines == [
        "headnotes: topics/weimar-cinema/ written; change topic.toml in it, and try:",
        "headnotes:   headnotes check",
        f"headnotes:   headnotes preview {TRACK}",
    ]
    assert world.run("check").status == 0
    assert "weimar-cinema/first-note\n    on screen 0:" in world.run("preview", TRACK).out
    world.run("annotate", TRACK, "-o", "out", "--topic", "weimar-cinema")
    (written,) = [name for name in world.files() if name.startswith("out/")]
    assert b"[HISTORY] TODO: What stands here" in world.files()[written]


def test_editor_finds_the_schema_beside_the_topic(world):
    world.run("new", "weimar-cinema")
    files = world.files()
    assert files["topics/weimar-cinema/topic.toml"].startswith(b"#:schema ./topic.schema.json\n")
    assert json.loads(files["topics/weimar-cinema/topic.schema.json"])["title"]


def test_new_package_has_what_a_package_needs(world):
    finished = world.run("new", "weimar-cinema", "--python")
    assert finished.status == 0
    assert sorted(world.files()) == [
        "headnotes-weimar-cinema/.github/workflows/check.yml",
        "headnotes-weimar-cinema/LICENSE",
        "headnotes-weimar-cinema/README.md",
        "headnotes-weimar-cinema/headnotes_weimar_cinema/__init__.py",
        "headnotes-weimar-cinema/headnotes_weimar_cinema/py.typed",
        "headnotes-weimar-cinema/headnotes_weimar_cinema/topic.schema.json",
        "headnotes-weimar-cinema/headnotes_weimar_cinema/topic.toml",
        "headnotes-weimar-cinema/pyproject.toml",
        "headnotes-weimar-cinema/tests/test_topic.py",
    ]
    assert world.run("check", "headnotes-weimar-cinema").status == 0


def test_new_package_takes_along_the_work_that_no_package_brings(world):
    world.run("new", "--work", "my-film")
    finished = world.run("new", "its-film", "--python", "--work", "my-film")
    assert finished.lines[0] == (
        "headnotes: topics/my-film/work.toml is copied into headnotes-its-film/; "
        "change the copy, remove the original"
    )
    package = "headnotes-its-film/headnotes_its_film"
    files = world.files()
    assert files[f"{package}/work.toml"] == files["topics/my-film/work.toml"]
    assert f"{package}/work.schema.json" in files
    (world.folder / "topics/my-film/work.toml").unlink()
    assert world.run("check", "headnotes-its-film").status == 0


def test_new_topic_goes_where_it_is_wanted(world):
    finished = world.run("new", "weimar-cinema", "-o", "mine")
    assert "mine/weimar-cinema/topic.toml" in world.files()
    assert finished.lines[1:] == [
        "headnotes:   headnotes check mine/weimar-cinema",
        "headnotes:   headnotes preview TRACK --topics-dir mine",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Weimar Cinema"], "use small letters, digits and single hyphens: weimar-cinema"),
        (["La Traversée"], "use small letters, digits and single hyphens: la-traversee"),
        (["../up"], "use small letters, digits and single hyphens: up"),
        (["ß"], "use small letters, digits and single hyphens"),
        (["blutmai"], "'blutmai' already exists, from headnotes_blutmai/topic.toml"),
        (["taken"], "topics/taken: already exists"),
        (["x", "--work", "babylon-berln"], "did you mean 'babylon-berlin'?"),
        (["x", "--work", "a-film"], "`headnotes new --work a-film` begins it"),
        (["--work", "babylon-berlin"], "'babylon-berlin' already exists, from headnotes_babylon"),
        (["--work", "A Film"], "use small letters, digits and single hyphens: a-film"),
        ([], "no name is given; `headnotes new NAME` begins a topic"),
        (["x", "-o", "topics/taken/a-file"], "cannot be written"),
    ],
)
def test_new_refuses_without_writing(world, arguments, told):
    world.write({"topics/taken/a-file": ""})
    before = world.files()
    finished = world.run("new", *arguments)
    assert finished.status == 2
    assert told in finished.err
    assert world.files() == before


def test_new_work_passes_the_check_and_plays_at_once(world):
    track = "Old.Lighthouse.S01E01.en.srt"
    world.write({track: "1\n00:00:01,000 --> 00:00:05,000\nThe keeper is in the lighthouse.\n\n"})
    begun = world.run("new", "--work", "old-lighthouse")
    assert (begun.status, begun.out) == (0, "")
    assert begun.lines == [
        "headnotes: topics/old-lighthouse/ written; change work.toml in it, and try:",
        "headnotes:   headnotes check",
        "headnotes:   headnotes preview TRACK",
        "headnotes:   headnotes new NAME --work old-lighthouse",
    ]
    assert world.run("check").status == 0
    assert world.run("check", "--strict").out.count("is still to be written: 'TODO: ") == 2
    assert "old-lighthouse/first-scene: placed at 0:00:01" in world.run("preview", track).out
    explained = world.run("explain", track, "first-scene", "--topics-dir", "topics")
    assert "found “keeper”, “lighthouse” from cue 1" in explained.out
    assert world.run("new", "gas", "--work", "old-lighthouse").status == 0
    files = world.files()
    assert files["topics/old-lighthouse/work.toml"].startswith(b"#:schema ./work.schema.json\n")
    assert json.loads(files["topics/old-lighthouse/work.schema.json"])["title"]


def test_new_work_goes_where_it_is_wanted(world):
    finished = world.run("new", "--work", "old-lighthouse", "-o", "mine")
    assert finished.lines[1:3] == [
        "headnotes:   headnotes check mine/old-lighthouse",
        "headnotes:   headnotes preview TRACK --topics-dir mine",
    ]


def test_new_asks_which_of_several_works(world):
    world.write({"topics/show/work.toml": 'format = 1\nid = "show"\ntitle = { en = "A Show" }\n'})
    finished = world.run("new", "weather")
    assert finished.status == 2
    assert "give it with --work: babylon-berlin | show" in finished.err
    assert world.run("new", "weather", "--work", "show").status == 0
    assert world.run("check", "topics/weather").status == 0
