"""What `hocvu course dump` prints: courses as one JSON object, every word in every language.

The shape is described in docs/frameworks.md; raise FORMAT when it changes.
"""

from collections.abc import Iterable
from dataclasses import asdict

from lessons import questions
from lessons.course import Course, Lesson, LessonText, Question
from lessons.coverage import file_of
from lessons.questions.short_text import BETWEEN

FORMAT = 1

Json = dict[str, object]


def as_dict(courses: Iterable[Course]) -> Json:
    """The courses in the order given; lessons and questions in the order of learning."""
    return {"format": FORMAT, "courses": [_course(course) for course in courses]}


def _course(course: Course) -> Json:
    return {
        "id": course.id,
        "version": course.version,
        "languages": list(course.titles),
        "frameworks": list(course.frameworks),
        "licence": course.licence,
        "order": course.order,
        "retention": course.retention,
        "protected": course.protected,
        **{language: _front(course, language) for language in course.titles},
        "lessons": [_lesson(course, lesson) for lesson in course.lessons],
    }


def _front(course: Course, language: str) -> Json:
    summary = course.summaries.get(language)
    return {"title": course.titles[language], "summary": summary and asdict(summary)}


def _lesson(course: Course, lesson: Lesson) -> Json:
    asked: dict[str, dict[str, Question]] = {}
    for language, text in lesson.texts.items():
        for question in (*text.questions, *text.second_forms):
            asked.setdefault(question.block.id, {})[language] = question
    return {
        "id": lesson.id,
        "path": f"{course.id}/{lesson.id}",
        "codes": list(lesson.codes),
        **{
            language: _text(text, file_of(course, lesson, language))
            for language, text in lesson.texts.items()
        },
        "questions": [_question(lesson, by_language) for by_language in asked.values()],
    }


def _text(text: LessonText, file: str) -> Json:
    return {
        "file": file,
        "line": text.line,
        "title": text.title,
        "objective": text.objective,
        "screens": list(text.screens),
        "media": [
            {"screen": number, **asdict(media)}
            for number, media in enumerate(text.media, 1)
            if media is not None
        ],
        "action": text.action,
        "facts": [
            {
                "text": claim.text,
                "source": claim.source,
                "mark": claim.mark,
                "as_of": claim.as_of.isoformat(),
                "review_by": claim.review_by.isoformat(),
                "line": claim.line,
            }
            for claim in text.claims
        ],
    }


def _question(lesson: Lesson, by_language: dict[str, Question]) -> Json:
    first = next(iter(by_language.values()))
    kind = next(name for name, each in questions.kinds().items() if isinstance(first, each))
    return {
        "id": first.block.id,
        "kind": kind,
        "typed": first.typed,
        "guess": round(first.guess, 4),
        "flags": sorted(first.block.flags),
        "recalls": first.block.recalls,
        "codes": list(lesson.codes),
        **{language: _asked(kind, question) for language, question in by_language.items()},
    }


def _asked(kind: str, question: Question) -> Json:
    block = question.block
    return {
        "line": block.line,
        "prompt": block.prompt,
        "options": [
            {
                "text": option.text,
                "right": option.right,
                "misconception": option.misconception,
                "feedback": option.feedback,
            }
            for option in block.options
        ],
        "steps": list(block.steps),
        "pairs": [{"left": left, "right": right} for left, right in block.pairs],
        "accepted": _accepted(kind, question),
        "misconception": block.misconception,
        "feedback": block.feedback,
        "explanation": block.explanation,
    }


def _accepted(kind: str, question: Question) -> list[list[str]]:
    """What may be typed: one list of spellings for each blank, or for each answer that will do."""
    block = question.block
    if kind == "cloze":
        return [step.split(BETWEEN) for step in block.steps]
    if kind in ("short_text", "number"):
        return [option.text.split(BETWEEN) for option in block.options if option.right]
    return []
