"""The list under the heading Questions: each `### id · kind` a Block, read by its question type."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lessons import questions
from lessons.authoring import wording
from lessons.authoring.page import BULLET, ID, Line, Page, prose
from lessons.course import Block, Miswritten, Option, Question

FLAGS = ("situation", "must-know")
RECALLS = "recalls-"  # and a question's id: this is its second form
KEYS = ("misconception", "feedback")
SEPARATOR = re.compile(r"\s*[·•|]\s*|\s+[-–—]\s+")
HEADING = re.compile(r"###(?!#)\s*(.*)")
OPTION = re.compile(r"[-*+–]\s*\[([^\]]*)\]\s*(.*)")
DETAIL = re.compile(r"([\w-]+)\s*:\s*(.*)")
ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*")
STEP = re.compile(r"([0-9]{1,2})[.)](?:\s+(.*))?")


@dataclass(slots=True)
class _Answer:
    line: int
    text: str
    right: bool
    details: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Draft:
    """A question while its lines are read."""

    line: int
    prompt: list[Line] = field(default_factory=list)
    answers: list[_Answer] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    details: dict[str, str] = field(default_factory=dict)

    @property
    def prompt_is_over(self) -> bool:
        return bool(self.answers or self.steps or self.pairs or self.explanation or self.details)


def read_questions_in(page: Page, lines: Sequence[Line], language: str) -> tuple[Question, ...]:
    """The questions of a lesson, in order; those with problems are left out."""
    found: list[Question] = []
    met: dict[str, int] = {}
    for heading, body in _by_heading(page, lines):
        block = _block(page, heading, body, language)
        if block is None:
            continue
        if block.id in met:
            what = wording.QUESTION_TWICE.format(id=block.id, line=met[block.id])
            page.wrong(block.line, what)
        met.setdefault(block.id, block.line)
        try:
            found.append(questions.read(block))
        except Miswritten as error:
            page.wrong(
                error.line or block.line, wording.IN_QUESTION.format(id=block.id, what=error)
            )
    return tuple(found)


def _by_heading(page: Page, lines: Iterable[Line]) -> list[tuple[Line, list[Line]]]:
    groups: list[tuple[Line, list[Line]]] = []
    for line in lines:
        if HEADING.fullmatch(line.text):
            groups.append((line, []))
        elif groups:
            groups[-1][1].append(line)
        elif line.text:
            page.wrong(line.number, wording.BEFORE_QUESTIONS.format(text=line.shown))
    return groups


def _block(page: Page, heading: Line, body: list[Line], language: str) -> Block | None:
    """The question as written, or None when its heading or one of its lines has a problem."""
    before = len(page.problems)
    question_id, kind, flags = _read_heading(page, heading)
    draft = _Draft(heading.number)
    for line in body:
        _read_line(page, draft, line)
    _judge(page, draft, question_id)
    if len(page.problems) > before:
        return None
    return Block(
        id=question_id,
        kind=kind,
        language=language,
        prompt=prose(draft.prompt),
        options=tuple(_option(answer) for answer in draft.answers),
        steps=tuple(draft.steps),
        pairs=tuple(draft.pairs),
        explanation="\n".join(draft.explanation).strip(),
        misconception=draft.details.get("misconception", ""),
        feedback=draft.details.get("feedback", ""),
        flags=frozenset(flag for flag in flags if flag in FLAGS),
        recalls=next((f.removeprefix(RECALLS) for f in flags if f.startswith(RECALLS)), ""),
        line=heading.number,
    )


def _option(answer: _Answer) -> Option:
    misconception, feedback = (answer.details.get(key, "") for key in KEYS)
    return Option(answer.text, answer.right, misconception, feedback, answer.line)


def _read_heading(page: Page, line: Line) -> tuple[str, str, frozenset[str]]:
    heading = HEADING.fullmatch(line.text)
    question_id, *rest = SEPARATOR.split(heading[1].strip() if heading else "")
    if not question_id or not rest or not rest[0]:
        page.wrong(line.number, wording.HEADING_WITHOUT_KIND.format(text=line.shown))
        return question_id, "", frozenset()
    if not ID.fullmatch(question_id):
        page.wrong(line.number, wording.NOT_AN_ID.format(value=question_id))
    flags = [re.sub(r"\s+", "-", flag.lower()) for flag in rest[1:]]
    for flag in flags:
        if flag not in FLAGS and not flag.startswith(RECALLS):
            what = wording.FLAG_UNKNOWN.format(flag=flag, known=", ".join((*FLAGS, "recalls …")))
            page.wrong(line.number, what)
    return question_id, " ".join(rest[0].lower().split()), frozenset(flags)


def _read_line(page: Page, draft: _Draft, line: Line) -> None:
    if line.text.startswith(">"):
        draft.explanation.append(line.text[1:].strip())
    elif option := OPTION.fullmatch(line.text):
        _read_option(page, draft, line, option)
    elif bullet := BULLET.match(line.text):
        _read_bullet(page, draft, line, line.text[bullet.end() :])
    elif step := STEP.fullmatch(line.text):
        _read_step(page, draft, line, step)
    elif draft.prompt_is_over and line.text:
        page.wrong(line.number, wording.STRAY_IN_QUESTION.format(text=line.shown))
    else:
        draft.prompt.append(line)


def _read_option(page: Page, draft: _Draft, line: Line, option: re.Match[str]) -> None:
    mark, text = option[1].strip().lower(), option[2]
    if mark not in ("", "x"):
        page.wrong(line.number, wording.OPTION_MARK.format(mark=option[1]))
    if not text:
        page.wrong(line.number, wording.OPTION_EMPTY)
    draft.answers.append(_Answer(line.number, text, mark == "x"))


def _read_bullet(page: Page, draft: _Draft, line: Line, content: str) -> None:
    detail = DETAIL.fullmatch(content)
    sides = ARROW.split(content)
    if detail and detail[1].lower() in KEYS:
        _read_detail(page, draft, line, (detail[1].lower(), detail[2]))
    elif len(sides) == 2 and all(sides):
        draft.pairs.append((sides[0], sides[1]))
    elif len(sides) > 1:
        page.wrong(line.number, wording.PAIR_UNCLEAR.format(text=line.shown))
    elif detail:
        what = wording.KEY_UNKNOWN.format(key=detail[1], known=", ".join(KEYS))
        page.wrong(line.number, what)
    else:
        page.wrong(line.number, wording.BULLET_UNCLEAR.format(text=line.shown))


def _read_detail(page: Page, draft: _Draft, line: Line, detail: tuple[str, str]) -> None:
    """A misconception or feedback: indented, it is the last option's; else the question's."""
    key, value = detail
    of_option = line.indented and draft.answers
    details = draft.answers[-1].details if of_option else draft.details
    if not value:
        page.wrong(line.number, wording.KEY_EMPTY.format(key=key))
    elif key in details:
        page.wrong(line.number, wording.DETAIL_TWICE.format(key=key))
    else:
        details[key] = value


def _read_step(page: Page, draft: _Draft, line: Line, step: re.Match[str]) -> None:
    if int(step[1]) != len(draft.steps) + 1:
        page.wrong(line.number, wording.STEP_NUMBER.format(number=len(draft.steps) + 1))
    if not step[2]:
        page.wrong(line.number, wording.STEP_EMPTY)
    draft.steps.append(step[2] or "")


def _judge(page: Page, draft: _Draft, question_id: str) -> None:
    if not prose(draft.prompt):
        page.wrong(draft.line, wording.PROMPT_MISSING.format(id=question_id or "this question"))
    if sum(bool(answers) for answers in (draft.answers, draft.steps, draft.pairs)) > 1:
        page.wrong(draft.line, wording.ANSWERS_MIXED.format(id=question_id))
