"""Ask the tutor: what course C6 covers is quoted word for word, the rest is not answered.

`pytest tests/test_answers.py -s` prints the figures on tests/questions_c6.txt.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.passages import WINDOW, passages, sentences
from answers.tutor import CourseTutor, gives_away
from lessons.authoring import read_course
from lessons.course import Course
from lessons.findings import Answer
from lessons.ports import Tutor

ROOT = Path(__file__).parent.parent
TUTOR: Tutor = CourseTutor()


@cache
def c6() -> Course:
    folder = ROOT / "lessons" / "curriculum" / "c6"
    course, problems = read_course({p.name: p.read_text("utf-8") for p in folder.glob("*.md")})
    assert course is not None, problems
    return course


def ask(question: str, language: str = "vi", avoid: Sequence[str] = ()) -> Answer:
    return asyncio.run(TUTOR.answer(question, [c6()], language, avoid))


# --- figures ---


class Asked(NamedTuple):
    language: str
    lessons: frozenset[str]  # empty: must not be answered
    answer: Answer
    held_back: bool

    @property
    def right(self) -> bool:
        return self.answer.status == "answered" and self.answer.lesson in self.lessons

    @property
    def wrong(self) -> bool:
        return self.answer.status == "answered" and self.answer.lesson not in self.lessons


@cache
def asked() -> tuple[Asked, ...]:
    known, _, held_back = (
        (ROOT / "tests" / "questions_c6.txt").read_text("utf-8").partition("# --- held back")
    )
    return (*_asked(known, held_back=False), *_asked(held_back, held_back=True))


def _asked(part: str, *, held_back: bool) -> list[Asked]:
    rows = [line.split(" | ") for line in part.splitlines() if line.count(" | ") == 2]
    return [
        Asked(
            language,
            frozenset(f"c6/{lesson}" for lesson in lessons.split() if lesson != "none"),
            ask(question, language),
            held_back,
        )
        for language, lessons, question in rows
        if language in ("vi", "en", "fr")
    ]


def share(of: Sequence[Asked], what: Callable[[Asked], bool]) -> float:
    return sum(map(what, of)) / len(of)


def figures(name: str, some: Sequence[Asked]) -> tuple[float, float]:
    """Printed; (covered questions answered from the right lesson, questions answered wrongly)."""
    covered = [each for each in some if each.lessons]
    foreign = [each for each in some if not each.lessons]
    right, elsewhere = share(covered, lambda a: a.right), share(covered, lambda a: a.wrong)
    near = share(covered, lambda a: bool(a.lessons & set(a.answer.near)))
    wrongly = share(foreign, lambda a: a.wrong)
    pointed = share(foreign, lambda a: a.answer.status == "near")
    print(  # noqa: T201
        f"\n{name}: {len(covered)} covered: {right:.0%} right, {near:.0%} near the right lesson, "
        f"{elsewhere:.1%} from another lesson; {len(foreign)} not covered: {wrongly:.1%} answered, "
        f"{pointed:.0%} near"
    )
    return right, max(wrongly, elsewhere)


def test_figures_of_all_questions() -> None:
    for language in ("vi", "en", "fr"):
        figures(language, [each for each in asked() if each.language == language])
    figures("settled on", [each for each in asked() if not each.held_back])
    right, wrong = figures("all", asked())
    assert right >= 0.70
    assert wrong <= 0.03


def test_figures_of_the_questions_held_back() -> None:
    held_back = [each for each in asked() if each.held_back]
    assert len(held_back) >= len(asked()) / 3
    right, wrong = figures("held back", held_back)
    assert right >= 0.65
    assert wrong <= 0.03


# --- what is quoted ---


def test_every_quote_stands_in_its_lesson_word_for_word() -> None:
    for each in asked():
        if each.answer.status == "answered":
            course, _, lesson = each.answer.lesson.partition("/")
            text = c6().lesson(lesson).texts[each.language]
            stored = [*text.screens, *(q.block.explanation for q in text.questions)]
            assert course == "c6"
            assert any(each.answer.quote in piece for piece in stored)


def test_near_names_at_most_three_lessons_and_nothing_else() -> None:
    for each in asked():
        answer = each.answer
        assert (answer.status == "answered") == bool(answer.quote) == bool(answer.lesson)
        assert (answer.status == "near") == bool(answer.near)
        assert len(answer.near) <= 3


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("chatgpt co duoc dung de tom tat du thao luat khong?", "AI giúp đọc nhanh một dự thảo"),
        ("ảo giác AI là gì ạ", "“ảo giác AI”"),
        ("tài liệu Tối mật bảo vệ bao nhiêu năm?", "Tối mật"),
        ("quy tawcs 3K laf gif", "K1"),
        ("CHO HOI TAI LIEU NOI BO CO DUA LEN AI DUOC KHONG A", "KHÔNG đưa lên AI công cộng"),
    ],
)
def test_what_people_type_finds_the_sentence(question: str, words: str) -> None:
    assert words in ask(question).quote


@pytest.mark.parametrize(
    "question", ["", "   ", "?", "1 3", "2026", "xin chào", "ạ", "\u0301", "½"]
)
def test_what_is_no_question_is_not_covered(question: str) -> None:
    assert ask(question) == Answer("not_covered")


def test_a_course_without_the_language_does_not_answer() -> None:
    assert ask("AI tạo sinh là gì?", "de") == Answer("not_covered")


def test_without_courses_nothing_is_covered() -> None:
    assert asyncio.run(TUTOR.answer("AI tạo sinh là gì?", [], "vi")) == Answer("not_covered")


def test_a_new_version_is_read_anew_and_the_old_one_still_answers() -> None:
    tutor = CourseTutor()
    question = "quy tắc 3K là gì"
    old, new = c6(), replace(c6(), version=c6().version + 1, lessons=c6().lessons[:3])
    assert asyncio.run(tutor.answer(question, [old], "vi")).lesson == "c6/l6"
    assert asyncio.run(tutor.answer(question, [new], "vi")).status != "answered"
    assert asyncio.run(tutor.answer(question, [old], "vi")).lesson == "c6/l6"


def test_the_best_of_several_courses_answers() -> None:
    other = replace(c6(), id="c9", lessons=c6().lessons[:1])
    answer = asyncio.run(TUTOR.answer("quy tắc 3K là gì", [other, c6()], "vi"))
    assert answer.lesson == "c6/l6"


# --- a pending question is not given away ---


def pending(lesson: str, question: str, language: str = "vi") -> tuple[str, ...]:
    """What the dialogue asks to avoid: the explanation and the right answers."""
    block = c6().lesson(lesson).texts[language].question(question).block
    return (block.explanation, *(option.text for option in block.options if option.right))


def test_a_pending_question_asked_back_is_not_answered() -> None:
    for language in ("vi", "en", "fr"):
        for lesson in c6().lessons:
            for question in lesson.texts[language].questions:
                avoid = (question.block.explanation, question.reveal(1))
                answer = ask(question.block.prompt, language, avoid)
                assert not gives_away(answer.quote, avoid)


@pytest.mark.parametrize(
    ("question", "avoid", "lesson"),
    [
        ("Tối mật bảo vệ bao nhiêu năm?", pending("l3", "q4"), "c6/l3"),
        ("luật trí tuệ nhân tạo có hiệu lực từ ngày nào", pending("l7", "q5"), "c6/l7"),
        ("thiếu thông tin thì AI hỏi lại thế nào", pending("l4", "q3"), "c6/l4"),
        ("quy tắc 3K là gì", ("KHOANH MOI SO LIEU",), "c6/l6"),
    ],
)
def test_the_lesson_is_named_instead(question: str, avoid: tuple[str, ...], lesson: str) -> None:
    assert ask(question).status == "answered"
    answer = ask(question, avoid=avoid)
    assert (answer.status, answer.quote) == ("near", "")
    assert lesson in answer.near


def test_other_questions_are_answered_meanwhile() -> None:
    assert ask("quy tắc 3K là gì", avoid=pending("l3", "q4")).lesson == "c6/l6"


def test_giving_away_minds_words_not_letters() -> None:
    assert gives_away("có hiệu lực từ 01/03/2026", ["3"])
    assert gives_away("Tối mật: 20 năm", ["toi mat"])
    assert not gives_away("từ năm 2026", ["20"])
    assert not gives_away("Bốn bước", ["", "…"])


# --- sentences ---


def test_a_list_belongs_to_the_line_that_introduces_it() -> None:
    text = "Never put online:\n• names;\n• codes. No code at all.\n\nThe account is another one."
    assert [text[slice(*span)] for span in sentences(text)] == [
        "Never put online:\n• names;\n• codes. No code at all.",
        "The account is another one.",
    ]


def test_what_is_quoted_is_not_cut_apart() -> None:
    text = "Say: “Act as a clerk. Draft a letter.” Then read vbpl.vn 2.0. Mr. An agrees."
    assert [text[slice(*span)] for span in sentences(text)] == [
        "Say: “Act as a clerk. Draft a letter.”",
        "Then read vbpl.vn 2.0.",
        "Mr. An agrees.",
    ]


@given(st.text(alphabet="ab.!?:\n •1“”«»AĐ", max_size=80))
def test_sentences_follow_each_other_and_lose_no_word(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert "".join("".join(text[slice(*s)].split()) for s in spans) == "".join(text.split())


def test_every_passage_can_be_quoted() -> None:
    for language in ("vi", "en", "fr"):
        for _, its_passages in passages(c6(), language):
            for passage in its_passages:
                assert passage.windows
                assert all(0 <= last - first < WINDOW for first, last in passage.windows)


@given(st.text(max_size=200))
def test_any_question_gets_an_answer(question: str) -> None:
    assert ask(question).status in ("answered", "near", "not_covered")
