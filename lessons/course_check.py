"""What a good course is: short screens, explained answers, sourced facts, languages that agree."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.authoring import Problem, wording
from lessons.course import Block, Claim, Course, Lesson, LessonText, Option, Question
from lessons.typed import fold

# Characters, counted in NFC: what fits a small screen and two minutes (docs/courses.md)
LESSON_LIMIT = 900
SCREEN_LIMIT, SCREEN_LEAST, LAST_SCREEN_LEAST = 400, 250, 120
PROMPT_LIMIT, OPTION_LIMIT, OPTIONS_LIMIT = 300, 60, 5

TAG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUMBER = re.compile(r"[-+±/.,\s\d]*\d")  # or a date, or a number with its tolerance
CONTENT_WORD = 3  # letters; shorter words count only where there are no others
SPELLINGS = re.compile(r"\s+/\s+")


def problems(course: Course) -> tuple[Problem, ...]:
    """Everything that keeps a course from being a good one, by file and line; nothing if it is."""
    found: list[Problem] = list(_storage(course))
    for lesson in course.lessons:
        found += _lesson(course, lesson)
        found += _agreement(course, lesson)
    return tuple(sorted(set(found)))


@dataclass(frozen=True, slots=True)
class _Judge:
    """Names the file of one lesson in one language in everything that is found there."""

    file: str

    def __call__(self, line: int, what: str, **values: object) -> Problem:
        return Problem(self.file, line, what.format(**values))


def _file(course: Course, lesson: Lesson, language: str) -> str:
    name = f"{lesson.id}.{language}.md"
    return next((file for file in course.files if file.casefold() == name), name)


def _storage(course: Course) -> Iterator[Problem]:
    for name, text in course.files.items():
        lines = re.split(r"\r\n|\r|\n", text)
        apart = [n for n, raw in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", raw)]
        if apart:
            yield Problem(name, apart[0], wording.NOT_NFC.format(count=len(apart)))


def _lesson(course: Course, lesson: Lesson) -> Iterator[Problem]:
    for language in course.titles:
        wrong = _Judge(_file(course, lesson, language))
        text = lesson.texts.get(language)
        if text is None:
            yield wrong(1, wording.NOT_TRANSLATED, language=language)
            continue
        yield from _codes(course, lesson, wrong) if language == next(iter(lesson.texts)) else ()
        yield from _lengths(text, wrong)
        for question in (*text.questions, *text.second_forms):
            yield from _question(question, wrong)
        yield from _second_forms(text, wrong)
        for claim in text.claims:
            yield from _claim(claim, wrong)


def _second_forms(text: LessonText, wrong: _Judge) -> Iterator[Problem]:
    """Each recalls another question of the lesson, which is not typed itself, and is typed."""
    first = {question.block.id: question for question in text.questions}
    met: set[str] = set()
    for form in text.second_forms:
        block, known = form.block, first.get(form.block.recalls)
        if known is None:
            yield wrong(block.line, wording.RECALLS_NOTHING, id=block.id, of=block.recalls)
        elif not form.typed or known.typed:
            yield wrong(block.line, wording.RECALLS_WRONGLY, id=block.id, of=block.recalls)
        elif block.recalls in met:
            yield wrong(block.line, wording.RECALLED_TWICE, id=block.id, of=block.recalls)
        met.add(block.recalls)


def _codes(course: Course, lesson: Lesson, wrong: _Judge) -> Iterator[Problem]:
    for code in lesson.codes:
        framework = code.split(maxsplit=1)[0]
        if framework not in course.frameworks:
            yield wrong(lesson.line, wording.CODE_UNKNOWN, code=code, framework=framework)


def _lengths(text: LessonText, wrong: _Judge) -> Iterator[Problem]:
    whole = sum(_length(screen) for screen in text.screens) + _length(text.action)
    if whole > LESSON_LIMIT:
        yield wrong(text.line, wording.LESSON_TOO_LONG, count=whole, limit=LESSON_LIMIT)
    if not text.action:
        yield wrong(text.line, wording.NO_ACTION)
    if not text.questions:
        yield wrong(text.line, wording.NO_QUESTIONS)
    for index, screen in enumerate(text.screens):
        line = text.screen_lines[index] if text.screen_lines else text.line
        last = index == len(text.screens) - 1
        count, least = _length(screen), LAST_SCREEN_LEAST if last else SCREEN_LEAST
        if count > SCREEN_LIMIT:
            yield wrong(line, wording.SCREEN_TOO_LONG, count=count, limit=SCREEN_LIMIT)
        elif count < least:
            yield wrong(line, wording.SCREEN_TOO_SHORT, count=count, limit=least)


def _length(text: str) -> int:
    return len(unicodedata.normalize("NFC", text))


def _question(question: Question, wrong: _Judge) -> Iterator[Problem]:
    block = question.block
    count = _length(block.prompt)
    if count > PROMPT_LIMIT:
        yield wrong(
            block.line, wording.PROMPT_TOO_LONG, id=block.id, count=count, limit=PROMPT_LIMIT
        )
    if not question.typed:
        yield from _options(block, wrong)
    yield from _misconceptions(block, wrong)
    yield from _explanation(question, wrong)


def _options(block: Block, wrong: _Judge) -> Iterator[Problem]:
    """Options that are shown as they are written: few and short."""
    if len(block.options) > OPTIONS_LIMIT:
        count = len(block.options)
        yield wrong(
            block.line, wording.TOO_MANY_OPTIONS, id=block.id, count=count, limit=OPTIONS_LIMIT
        )
    for option in block.options:
        count = _length(option.text)
        if count > OPTION_LIMIT:
            yield wrong(
                option.line, wording.OPTION_TOO_LONG, id=block.id, count=count, limit=OPTION_LIMIT
            )


def _misconceptions(block: Block, wrong: _Judge) -> Iterator[Problem]:
    """Each wrong answer names its idea; where none is listed, the question does."""
    for option in block.options:
        if option.right and option.misconception:
            yield wrong(option.line, wording.RIGHT_MISCONCEIVED, id=block.id)
        if not option.right and not option.misconception:
            yield wrong(option.line, wording.OPTION_LACKS, id=block.id, key="misconception")
        if not option.right and not option.feedback:
            yield wrong(option.line, wording.OPTION_LACKS, id=block.id, key="feedback")
    if all(option.right for option in block.options):
        for key, value in (("misconception", block.misconception), ("feedback", block.feedback)):
            if not value:
                yield wrong(block.line, wording.QUESTION_LACKS, id=block.id, key=key)
    holders: tuple[Block | Option, ...] = (block, *block.options)
    for holder in holders:
        if holder.misconception and not TAG.fullmatch(holder.misconception):
            value = holder.misconception
            yield wrong(holder.line, wording.NOT_A_TAG, id=block.id, value=value)


def _explanation(question: Question, wrong: _Judge) -> Iterator[Problem]:
    """At least half of the right answer's words occur in its explanation."""
    block = question.block
    if not block.explanation:
        yield wrong(block.line, wording.NO_EXPLANATION, id=block.id)
        return
    explained = frozenset(fold(block.explanation).split())
    nearest = [max(part, key=lambda words: _share(words, explained)) for part in _key(question)]
    key = frozenset[str]().union(*nearest)
    if _share(key, explained) < 0.5:
        yield wrong(block.line, wording.EXPLANATION_OFF, id=block.id, words=", ".join(sorted(key)))


def _key(question: Question) -> list[list[frozenset[str]]]:
    """The parts of the right answer, each with the words of all its spellings.

    A typed answer is one part: any accepted one will do. Of pairs, the right side is the answer.
    """
    block = question.block
    right = [_spellings(option.text) for option in block.options if option.right]
    if question.typed:
        right = [[words for part in right for words in part]] if right else []
    steps = [_spellings(step) for step in block.steps]
    pairs = [[_content_words(side)] for _, side in block.pairs]
    return right + steps + pairs


def _spellings(text: str) -> list[frozenset[str]]:
    return [_content_words(re.split(r"±|\+/?-", each)[0]) for each in SPELLINGS.split(text)]


def _content_words(text: str) -> frozenset[str]:
    words = frozenset(fold(text).split())
    return frozenset(word for word in words if len(word) >= CONTENT_WORD) or words


def _share(words: frozenset[str], explained: frozenset[str]) -> float:
    return len(words & explained) / len(words) if words else 1.0


def _claim(claim: Claim, wrong: _Judge) -> Iterator[Problem]:
    if not claim.source:
        yield wrong(claim.line, wording.NO_SOURCE)
    if claim.mark not in ("P", "G"):
        yield wrong(claim.line, wording.NOT_A_MARK, value=claim.mark)
    if claim.review_by <= claim.as_of:
        review_by, as_of = claim.review_by, claim.as_of
        yield wrong(claim.line, wording.REVIEW_TOO_EARLY, review_by=review_by, as_of=as_of)


def _agreement(course: Course, lesson: Lesson) -> Iterator[Problem]:
    """Every language says the same as the first: the learner's record does not know languages."""
    languages = [language for language in course.titles if language in lesson.texts]
    if not languages:
        return
    model, file = lesson.texts[languages[0]], _file(course, lesson, languages[0])
    for language in languages[1:]:
        text, wrong = lesson.texts[language], _Judge(_file(course, lesson, language))
        yield from _counts(text, model, file, wrong)
        asked = {q.block.id: q for q in (*text.questions, *text.second_forms)}
        model_asked = {q.block.id: q for q in (*model.questions, *model.second_forms)}
        ids, others = list(asked), list(model_asked)
        if ids != others:
            other_ids = zip(ids, others, strict=False)
            line = next((asked[id].block.line for id, o in other_ids if id != o), text.line)
            these, those = ", ".join(ids), ", ".join(others)
            yield wrong(line, wording.QUESTIONS_DIFFER, ids=these, others=those, file=file)
        for id, question in asked.items():
            if id in model_asked:
                yield from _differences(question, model_asked[id], file, wrong)


def _counts(text: LessonText, model: LessonText, file: str, wrong: _Judge) -> Iterator[Problem]:
    for what, count, other in (
        (wording.SCREENS_DIFFER, len(text.screens), len(model.screens)),
        (wording.FACTS_DIFFER, len(text.claims), len(model.claims)),
    ):
        if count != other:
            yield wrong(text.line, what, count=count, other=other, file=file)


def _differences(
    question: Question, other: Question, file: str, wrong: _Judge
) -> Iterator[Problem]:
    """Where a question departs from its original; its shape first, then what is in it."""
    block = question.block
    for aspects in (_shape, _content):
        pairs = zip(aspects(question), aspects(other), strict=True)
        found = [(aspect, these, those) for (aspect, these), (_, those) in pairs if these != those]
        for aspect, these, others in found:
            yield wrong(
                block.line,
                wording.QUESTION_DIFFERS,
                id=block.id,
                aspect=aspect,
                file=file,
                others=others or "none",
                these=these or "none",
            )
        if found:
            return


def _shape(question: Question) -> list[tuple[str, str]]:
    block = question.block
    answers = len(block.options) + len(block.steps) + len(block.pairs)
    return [("kind", question.NAMES[1]), ("number of answers", str(answers))]


def _content(question: Question) -> list[tuple[str, str]]:
    block = question.block
    right = [n for n, option in enumerate(block.options, 1) if option.right]
    numbers = [
        re.sub(r"\s", "", option.text).replace(",", ".").replace("+/-", "±")
        for option in block.options
        if NUMBER.fullmatch(option.text)
    ]
    holders: tuple[Block | Option, ...] = (*block.options, block)
    tags = [holder.misconception or "-" for holder in holders]
    return [
        ("flags", ", ".join(sorted(block.flags))),
        ("second form", block.recalls),
        ("right answers", ", ".join(f"no. {n}" for n in right)),
        ("numbers", ", ".join(numbers)),
        ("misconceptions", ", ".join(tags)),
    ]
