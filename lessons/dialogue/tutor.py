"""Questions to the tutor: asked of the course, answered in its words, or honestly not at all."""

from dataclasses import replace

from lessons.dialogue import asking
from lessons.dialogue.lesson import guarding
from lessons.dialogue.places import show
from lessons.dialogue.turns import Sitting, Turn, WantsAnswer
from lessons.facts import Fact, TutorAsked
from lessons.findings import Answer
from lessons.learner import Asked, Reading
from lessons.messages import Choice

GUARD_LESSON = "c6/l3"  # teaches which data may be given to which tool


def wants_answer(sitting: Sitting, question: str) -> Turn:
    """A pending question stays pending, and nothing that gives it away may be quoted."""
    found = asking.pending(sitting)
    avoid: tuple[str, ...] = ()
    if found is not None:
        question_, seed = found.question, asking.order(sitting)
        keys = (option.text for option in question_.block.options if option.right)
        avoid = tuple(
            text for text in (question_.block.explanation, question_.reveal(seed), *keys) if text
        )
    return Turn(sitting.learner, wants=WantsAnswer(question, avoid))


def answered(sitting: Sitting, question: str, answer: Answer) -> Turn:
    """The quotation with its lesson; or the nearest lessons; or a plain "not in the course".

    Words that answer nothing and ask nothing were probably meant for the pending question.
    """
    voice = sitting.voice
    fact = TutorAsked(answer.status, answer.lesson)
    if answer.status == "stopped":
        return beside(sitting, voice.say("ask.stopped"), (), fact)
    found = asking.pending(sitting)
    if found is not None and not question.endswith("?") and answer.status != "answered":
        unclear = f"{voice.say('asking.unclear')} {asking.how(sitting, found)}"
        return sitting.says(unclear, show(sitting).says[0].choices)
    if answer.status == "answered":
        text = voice.say("ask.answered", quote=answer.quote, lesson=_name(sitting, answer.lesson))
        opening = (_open(answer.lesson, voice.say("ask.open")),)
        quoted = sitting.library.course(answer.lesson.partition("/")[0])
        return guarding(quoted, _quoting(answer.quote, beside(sitting, text, opening, fact)))
    if answer.status == "near" and answer.near:
        names = [(path, _name(sitting, path)) for path in answer.near]
        lines = "\n".join(f"• {_name(sitting, path, title=True)}" for path, _ in names)
        buttons = tuple(_open(path, name) for path, name in names)
        return beside(sitting, f"{voice.say('ask.near')}\n{lines}", buttons, fact)
    return beside(sitting, voice.say("ask.not_covered"), (), fact)


def _quoting(quote: str, done: Turn) -> Turn:
    """The turn whose first message has the quotation stand out."""
    first = replace(done.says[0], styles=(("quote", quote), *done.says[0].styles))
    return replace(done, says=(first, *done.says[1:]))


def guarded(sitting: Sitting) -> Turn:
    """A message that must not be kept: said kindly, with the lesson that explains it."""
    voice = sitting.voice
    buttons: tuple[Choice, ...] = ()
    if sitting.library.lesson(GUARD_LESSON):
        buttons = (_open(GUARD_LESSON, voice.say("ask.guarded_open")),)
    return beside(sitting, voice.say("ask.guarded"), buttons, None)


def _open(path: str, label: str) -> Choice:
    return Choice(f"open:{path}", label)


def _name(sitting: Sitting, path: str, *, title: bool = False) -> str:
    at = sitting.library.lesson(path)
    if at is None:
        return path
    course, lesson = at
    name = sitting.voice.say(
        "ask.lesson", course=course.id.upper(), number=course.number(lesson.id)
    )
    return f"{name} · {lesson.text(sitting.learner.language).title}" if title else name


def beside(sitting: Sitting, text: str, buttons: tuple[Choice, ...], fact: Fact | None) -> Turn:
    """Said beside what is under way: a pending question is put again, a screen keeps its button."""
    facts = () if fact is None else (fact,)
    place = sitting.learner.place
    if isinstance(place, Asked):
        waiting = show(sitting).says[0]
        lead = sitting.voice.say("asking.waiting")
        choices = (*waiting.choices, *buttons)
        done = sitting.says(f"{text}\n\n{lead}\n{waiting.text}", choices, facts)
        return replace(done, says=(replace(done.says[0], styles=waiting.styles),))
    onward = (
        show(sitting).says[0].choices if isinstance(place, Reading) else sitting.menu("continue")
    )
    return sitting.says(text, (*buttons, *onward), facts)
