"""Promises no linter can see: the core never awaits, names are ours, texts stand in their place.

Each promise is a small function that returns the places where it is broken, so that it can be shown
a broken sample too.
"""

import ast
import os
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
NOT_PRODUCT = {"benchmarks", "docs", "examples", "tests"}
MAX_LINES = 300

# Text for learners stands in these two folders only ...
TEXT_FOLDERS = ("lessons/texts/", "lessons/curriculum/")
# ... and here no learner reads it: what an author of a course writes stands in the one file of its
# question type, and the one Vietnamese letter that Unicode does not decompose is folded by hand.
FOR_AUTHORS = {"NAMES", "EXAMPLE"}
FOLDED = {"đ", "Đ", "đĐ"}

UNREAD = {"__pycache__", "node_modules", "var", "dist"}  # folders of the tree that are not sources


def product_files() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# --- the core never awaits ---


def awaits(code: str) -> list[int]:
    """The lines that are asynchronous."""
    asynchronous = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    found = {node.lineno for node in ast.walk(ast.parse(code)) if isinstance(node, asynchronous)}
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.comprehension) and node.is_async:
            found.add(node.target.lineno)
    return sorted(found)


def may_await(name: str) -> bool:
    return name.startswith(("lessons/ports/", "lessons/use_cases/"))


def test_the_core_never_awaits() -> None:
    core = [p for p in product_files() if name_of(p).startswith("lessons/")]
    assert core
    waiting = {name_of(p): awaits(source(p)) for p in core if not may_await(name_of(p))}
    assert {name: lines for name, lines in waiting.items() if lines} == {}


def test_an_awaiting_core_is_reported() -> None:
    assert awaits("def f():\n    return 'await'\n") == []
    assert awaits("async def f():\n    await g()\n    [x async for x in y]\n") == [1, 2, 3]
    assert may_await("lessons/use_cases/converse.py")
    assert not may_await("lessons/dialogue.py")


# --- the package names are the same everywhere, and ours alone ---


def disagreements(lists: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """For each list, the names it lacks that another one has."""
    everything = set().union(*lists.values())
    return {key: sorted(lacks) for key, it in lists.items() if (lacks := everything - set(it))}


def test_the_package_names_are_the_same_everywhere() -> None:
    tool = PROJECT["tool"]
    contracts = tool["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    lists = {
        "wheel": PACKAGES,
        "mypy": tool["mypy"]["packages"],
        "import-linter": tool["importlinter"]["root_packages"],
        "layers": re.findall(r"\w+", " ".join(layers)),
        "no cycles": next(c["ancestors"] for c in contracts if c["type"] == "acyclic_siblings"),
        "folders": sorted({init.parent.name for init in ROOT.glob("*/__init__.py")} - NOT_PRODUCT),
    }
    assert disagreements(lists) == {}


def test_a_forgotten_package_is_reported() -> None:
    assert disagreements({"wheel": ["bot", "web"], "mypy": ["bot"]}) == {"mypy": ["web"]}


def strangers(ours: Sequence[str], providers: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Our import names that another installed distribution provides too, and by whom."""
    others = {name: set(providers.get(name, ())) - {"hocvu"} for name in ours}
    return {name: whom for name, whom in others.items() if whom}


def test_nobody_else_provides_our_names() -> None:
    # A stranger's `scheduler` would be imported instead of ours by the console script.
    assert strangers(PACKAGES, packages_distributions()) == {}


def test_a_stranger_is_reported() -> None:
    installed = {"web": ["web.py"], "bot": ["hocvu"], "lessons": ["hocvu", "school"], "x": ["y"]}
    found = strangers(["web", "bot", "lessons"], installed)
    assert found == {"web": {"web.py"}, "lessons": {"school"}}


# --- files are small and begin with their duty ---


def untidy(code: str) -> list[str]:
    """What is wrong with the outside of a file."""
    lines = len(code.splitlines())
    faults = [] if ast.get_docstring(ast.parse(code)) else ["does not begin with its duty"]
    return faults + ([f"{lines} lines"] if lines > MAX_LINES else [])


def test_product_files_are_small_and_begin_with_their_duty() -> None:
    faults = {name_of(path): untidy(source(path)) for path in product_files()}
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_long_file_without_duty_is_reported() -> None:
    assert untidy('"""It greets."""\n') == []
    assert untidy("x = 1\n" * 301) == ["does not begin with its duty", "301 lines"]


# --- what learners read stands in the texts ---


def vietnamese(text: str) -> bool:
    """True when it holds a letter with a Vietnamese mark; most French ones are among them."""
    letters = unicodedata.normalize("NFC", text.lower())
    return any(c in "àáâãèéêìíòóôõùúýăđĩũơư" or "ạ" <= c <= "ỹ" for c in letters)


def for_authors(node: ast.AST) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(isinstance(t, ast.Name) and t.id in FOR_AUTHORS for t in targets)


def spoken(code: str) -> list[str]:
    """String literals a learner could read; bare strings are documentation."""
    nodes = list(ast.walk(ast.parse(code)))
    unread = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    unread |= {id(inner) for node in nodes if for_authors(node) for inner in ast.walk(node)}
    literals = [n.value for n in nodes if isinstance(n, ast.Constant) and id(n) not in unread]
    texts = [text for text in literals if isinstance(text, str) and text not in FOLDED]
    return [text for text in texts if vietnamese(text)]


def test_learners_read_nothing_but_the_texts() -> None:
    files = [p for p in product_files() if not name_of(p).startswith((*TEXT_FOLDERS, "interop/"))]
    found = {name_of(path): spoken(source(path)) for path in files}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_a_text_in_code_is_reported() -> None:
    quiet = '"""Dừng: \'stop\'."""\nx = "stop"  # dừng\nfold = "đ"\ndef f():\n    """Học."""\n'
    assert spoken(quiet + 'NAMES: ClassVar = ("số", "number")\nEXAMPLE = "Số?"\n') == []
    assert spoken('x = f"Chào {name}!"\n') == ["Chào "]
    assert spoken(r'x = "\u1ecdc"') == ["ọc"]


# --- every language says the same things ---


FORM = "you"  # the form of address: one language needs it where another does without


def leaves(table: Mapping[str, object], prefix: str = "") -> dict[str, set[str]]:
    """Dotted key -> the placeholders of its text, or of all its words when it is a list."""
    found: dict[str, set[str]] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= leaves(value, f"{prefix}{key}.")
        else:
            texts = value if isinstance(value, list) else [value]
            fields = [f for text in texts for _, f, _, _ in string.Formatter().parse(str(text))]
            found[prefix + key] = {field for field in fields if field not in (None, FORM)}
    return found


def differences(languages: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Where a language departs from the first one, one sentence each."""
    (first, model), *others = [(name, leaves(table)) for name, table in languages.items()]
    found: list[str] = []
    for name, texts in others:
        found += [f"{name} lacks {key}" for key in sorted(model.keys() - texts.keys())]
        found += [f"{first} lacks {key} of {name}" for key in sorted(texts.keys() - model.keys())]
        for key in sorted(model.keys() & texts.keys()):
            if model[key] != texts[key]:
                found.append(f"{key}: {first} {sorted(model[key])}, {name} {sorted(texts[key])}")
    return found


def test_every_language_has_the_same_keys_and_placeholders() -> None:
    files = sorted((ROOT / "lessons" / "texts").glob("*.toml"))
    languages = {path.stem: tomllib.loads(source(path)) for path in files}
    assert {"vi", "en", "fr"} <= languages.keys()
    assert differences(languages) == []


def test_a_language_that_departs_is_reported() -> None:
    english = {"quiz": {"right": "Right, {name}.", "left": {"one": "{n} left"}}, "stop": ["stop"]}
    french = {"quiz": {"right": "Exact, {nom}.", "left": {}}, "stop": ["stop", "fin"], "x": "y"}
    assert differences({"en": english, "fr": french}) == [
        "fr lacks quiz.left.one",
        "en lacks x of fr",
        "quiz.right: en ['name'], fr ['nom']",
    ]


# --- nothing here belongs to one machine ---


def tree() -> Iterator[Path]:
    """The sources: every file but those of hidden, generated and installed folders."""
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [n for n in inner if n == ".ci" or not (n.startswith(".") or n in UNREAD)]
        yield from (Path(folder, name) for name in names if name != ".env")


def names_folder(content: str, folder: Path) -> bool:
    """True when the path stands there as a whole, not as a piece of a longer one."""
    return bool(re.search(rf"(?<![\w./-]){re.escape(str(folder))}(?![\w-])", content))


def test_no_file_names_the_folder_it_lies_in() -> None:
    if len(ROOT.parts) < 3:
        pytest.skip(f"{ROOT} is too short a path to be told from a word")
    contents = {path: path.read_bytes().decode(errors="replace") for path in tree()}
    assert [name_of(p) for p, content in contents.items() if names_folder(content, ROOT)] == []


def test_a_named_folder_is_reported() -> None:
    here = Path("/home/an/hocvu")
    assert names_folder("open('/home/an/hocvu/var/x.db')", here)
    assert names_folder("cd /home/an/hocvu", here)
    assert not names_folder("/home/an/hocvu2, /srv/home/an/hocvu, an/hocvu", here)


def addresses(content: str) -> list[str]:
    return re.findall(r"https?://\S*", content)


@pytest.mark.parametrize(
    "name",
    ["Makefile", "requirements.lock", "requirements-dev.lock", ".ci/run", ".ci/install.py"],
)
def test_installing_names_no_address(name: str) -> None:
    assert addresses(source(ROOT / name)) == []


def test_an_address_is_reported() -> None:
    assert addresses("aiohttp==3\nhttpx==0.28\n") == []
    assert addresses("from https://example.org/simple\n") == ["https://example.org/simple"]
