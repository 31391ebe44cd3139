"""Courses as one JSON object: everything an author wrote is in it, and nothing moves."""

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import course_coverage
from bot.cli.course_dump import FORMAT, as_dict
from lessons.authoring import read_questions
from lessons.course import Summary
from lessons.questions import kinds
from tests.course_desk import C6, COURSE, FILES, course_in, written

app = typer.Typer()
app.command()(course_coverage.dump)
app.command()(course_coverage.coverage)

EXAMPLES = {kind: str(import_module(f"lessons.questions.{kind}").EXAMPLE) for kind in kinds()}


def dump(*words: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["dump", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def c6() -> dict[str, Any]:
    found = dump(str(C6), "--json")
    assert found["format"] == FORMAT
    (course,) = found["courses"]
    return dict(course)


def test_a_course_says_what_it_is_in_every_language(c6: Mapping[str, Any]) -> None:
    assert (c6["id"], c6["languages"], c6["licence"]) == ("c6", ["vi", "en", "fr"], "CC BY 4.0")
    assert c6["frameworks"] == ["TT02", "DC3", "NQ398"]
    assert c6["en"]["title"].startswith("AI assistants in parliamentary work")
    assert [lesson["id"] for lesson in c6["lessons"]] == [f"l{n}" for n in range(1, 9)]


def test_a_course_on_one_page_stands_with_the_title() -> None:
    course = course_in(FILES)
    page = Summary("Tóm tắt", "Một ý.", ("Đã mở nguồn",))
    with_page = as_dict([replace(course, summaries={"vi": page})])
    for dumped, summary in (
        (as_dict([course]), None),
        (with_page, {"title": "Tóm tắt", "text": "Một ý.", "boxes": ["Đã mở nguồn"]}),
    ):
        found = json.loads(json.dumps(dumped))["courses"][0]
        assert found["vi"] == {"title": "Một bài", "summary": summary}


def test_a_lesson_has_its_texts_under_its_languages(c6: Mapping[str, Any]) -> None:
    lesson = c6["lessons"][0]
    assert (lesson["path"], lesson["codes"][0]) == ("c6/l1", "TT02 6.1")
    for language in c6["languages"]:
        text = lesson[language]
        source = C6.joinpath(text["file"]).read_text(encoding="utf-8")
        assert source.splitlines()[text["line"] - 1] == f"# {text['title']}"
        assert text["objective"] in source
        assert text["action"] in source
        assert all(screen in source for screen in text["screens"])
        fact = text["facts"][0]
        assert f"- {fact['text']}" == source.splitlines()[fact["line"] - 1]
        assert fact["mark"] in ("P", "G")
        assert fact["as_of"] < fact["review_by"]


def test_a_question_has_its_words_under_its_languages_and_the_rest_once(
    c6: Mapping[str, Any],
) -> None:
    for lesson in c6["lessons"]:
        assert {question["kind"] for question in lesson["questions"]} <= set(EXAMPLES)
        for question in lesson["questions"]:
            assert question["codes"] == lesson["codes"]
            for language in c6["languages"]:
                text = question[language]
                source = C6.joinpath(lesson[language]["file"]).read_text(encoding="utf-8")
                assert source.splitlines()[text["line"] - 1].startswith(f"### {question['id']} ")
                assert text["prompt"] in source
                assert text["explanation"].splitlines()[0] in source
                assert all(option["text"] in source for option in text["options"])


def test_second_forms_say_what_they_recall(c6: Mapping[str, Any]) -> None:
    for lesson in c6["lessons"]:
        ids = [question["id"] for question in lesson["questions"]]
        assert len(ids) == len(set(ids))
        recalled = [each["recalls"] for each in lesson["questions"] if each["recalls"]]
        assert set(recalled) <= set(ids)
    assert any(each["recalls"] for lesson in c6["lessons"] for each in lesson["questions"])


def question_of(kind: str) -> dict[str, Any]:
    """A question of a kind as it is dumped: the example that the kind itself gives."""
    names = kinds()[kind].NAMES
    example = EXAMPLES[kind].strip()
    assert names[1] in example
    lesson = FILES["l1.vi.md"].partition("### ")[0] + example + "\n"
    course = course_in({"course.md": COURSE, "l1.vi.md": lesson})
    dumped: dict[str, Any] = json.loads(json.dumps(as_dict([course])))
    found: dict[str, Any] = dumped["courses"][0]["lessons"][0]["questions"][0]
    assert found["kind"] == kind
    return found


def test_every_kind_is_dumped_with_what_its_author_wrote() -> None:
    for kind, example in EXAMPLES.items():
        (written_question,) = read_questions(example, "vi")
        block, found = written_question.block, question_of(kind)["vi"]
        assert [option["text"] for option in found["options"]] == [o.text for o in block.options]
        assert [option["right"] for option in found["options"]] == [o.right for o in block.options]
        assert found["steps"] == list(block.steps)
        assert [(pair["left"], pair["right"]) for pair in found["pairs"]] == list(block.pairs)
        assert (found["misconception"], found["feedback"]) == (block.misconception, block.feedback)
        for option in found["options"]:
            assert option["right"] or (option["misconception"] and option["feedback"])


def test_what_may_be_typed_is_apart() -> None:
    assert question_of("short_text")["vi"]["accepted"] == [["public", "published"]]
    assert question_of("number")["vi"]["accepted"] == [["2026"]]
    assert question_of("cloze")["vi"]["accepted"] == [
        ["writes", "makes", "composes"],
        ["look", "search"],
    ]
    assert question_of("single_choice")["vi"]["accepted"] == []
    assert question_of("open_answer")["vi"]["accepted"] == []


def test_the_chance_of_a_guess_is_told() -> None:
    assert question_of("true_false")["guess"] == 0.5
    assert question_of("number")["guess"] == 0
    assert question_of("number")["typed"] is True


def test_pictures_stand_beside_their_screen() -> None:
    lesson = FILES["l1.vi.md"].replace(
        "\n---\n\nCông cụ", "\n---\n\n![Sơ đồ](https://example.org/so-do.jpg)\n\nCông cụ"
    )
    assert lesson != FILES["l1.vi.md"]
    course = course_in({"course.md": COURSE, "l1.vi.md": lesson})
    dumped: dict[str, Any] = json.loads(json.dumps(as_dict([course])))
    assert dumped["courses"][0]["lessons"][0]["vi"]["media"] == [
        {
            "screen": 2,
            "kind": "picture",
            "reference": "https://example.org/so-do.jpg",
            "words": "Sơ đồ",
        }
    ]


# --- the command ---


def test_a_folder_of_courses_is_dumped_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        written(tmp_path / name, {**FILES, "course.md": COURSE.replace("id: small", f"id: {name}")})
    assert [course["id"] for course in dump(str(tmp_path))["courses"]] == ["a", "b"]


def test_two_dumps_are_the_same_to_the_letter() -> None:
    one, other = (CliRunner().invoke(app, ["dump", str(C6)]).stdout for _ in range(2))
    assert one == other
    assert "Trợ lý AI" in one


def test_what_cannot_be_read_is_named_and_nothing_is_dumped(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["dump", str(tmp_path / "nowhere")])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nowhere" in done.stderr
