"""Imports in `core` run one way: every room stands on the floors below it."""

import ast
import re
from pathlib import Path

import pytest

import headnotes

HOUSE = Path(__file__).parents[2] / "core" / "headnotes"
# The table of core/README.md is the plan; these tests hold the house to it.
ROWS = re.findall(
    r"^\| (\d+) \| `(\w+)` \|", (HOUSE.parent / "README.md").read_text("utf-8"), re.MULTILINE
)
FLOOR_OF = {room: int(floor) for floor, room in ROWS}


def modules():
    return sorted(HOUSE.rglob("*.py"))


def room_of(path):
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def rooms_imported_by(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "headnotes":
            names = [f"headnotes.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        parts = [name.split(".") for name in names]
        found |= {(*part, "__init__")[1] for part in parts if part[0] == "headnotes"}
    return found


def shown(path):
    return path.relative_to(HOUSE).as_posix()


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_module_imports_only_lower_floors(path):
    room = room_of(path)
    upward = {one for one in rooms_imported_by(path) - {room} if FLOOR_OF[one] >= FLOOR_OF[room]}
    assert upward == set(), f"{room} stands on floor {FLOOR_OF[room]}; move what it needs down"


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_module_imports_no_plugin(path):
    text = path.read_text(encoding="utf-8")
    assert "import headnotes_" not in text
    assert "from headnotes_" not in text


@pytest.mark.parametrize(
    "path", sorted({*HOUSE.glob("*"), *HOUSE.glob("*/*")} - {HOUSE / "py.typed"}), ids=shown
)
def test_every_room_has_its_floor(path):
    assert room_of(path) in {*FLOOR_OF, "__pycache__", "py.typed"}


@pytest.mark.parametrize("plugin", sorted(HOUSE.parents[1].glob("plugins/*/*.py")), ids=str)
def test_plugin_imports_only_the_door(plugin):
    assert rooms_imported_by(plugin) <= {"__init__", "testing", *headnotes.__all__}


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_module_uses_other_rooms_by_their_doors(path):
    """No inner module of a room is imported from outside it."""
    inner = [
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("headnotes.")
        and len(node.module.split(".")) > 2
        and node.module.split(".")[1] != room_of(path)
    ]
    assert inner == []
