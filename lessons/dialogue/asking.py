"""Questions: put, answered, marked, tried again, and back once more when they were missed."""

from dataclasses import replace
from datetime import timedelta

from lessons import memory
from lessons.chance import seed
from lessons.course import Marked, More, Question, Shown
from lessons.dialogue import leech, placed
from lessons.dialogue.ending import end
from lessons.dialogue.turns import Sitting, Turn, led
from lessons.facts import Answered
from lessons.learner import Asked
from lessons.library import Found
from lessons.memory.grading import timed, usual
from lessons.messages import Choice

IMPATIENCE = timedelta(seconds=3)  # the same answer again within this time was sent twice
WELL_KNOWN = 7.0  # days of stability from which a question may be put without its options
LOGGED_ANSWER = 1000  # characters of an answer that are kept with the fact


def ask(sitting: Sitting, place: Asked) -> Turn:
    """Put the first question of the queue, its options in a new order; with none left, end."""
    while place.queue:
        put = replace(place, asked_at=sitting.now, recall=_to_recall(sitting, place))
        at = sitting.entering(put)
        if pending(at) is not None:
            return show(at)
        place = replace(place, queue=place.queue[1:])  # the course no longer has this question
    return end(sitting, place)


def _to_recall(sitting: Sitting, place: Asked) -> bool:
    """Whether a question is put without options: when it is well known, at every other review."""
    card = sitting.cards.get(place.item)
    known = card is not None and card.stability >= WELL_KNOWN and card.reviews % 2 == 0
    return known and place.item not in place.missed and place.placing is None


def how(sitting: Sitting, found: Found) -> str:
    """How the pending question may be answered."""
    return sitting.voice.say("asking.how_typed" if found.question.typed else "asking.how")


def pending(sitting: Sitting) -> Found | None:
    """The question that waits for an answer, or None."""
    place = sitting.learner.place
    if not isinstance(place, Asked) or not place.queue:
        return None
    version = place.version or sitting.version(place.item.partition("/")[0])
    language = sitting.learner.language
    return sitting.library.find(place.item, language, version, recall=place.recall)


def order(sitting: Sitting) -> int:
    """The seed of the pending question: another one each time it is put, the same when repeated."""
    place = sitting.learner.place
    assert isinstance(place, Asked)
    return seed(sitting.learner.id, place.item, sitting.learner.stamp)


def show(sitting: Sitting) -> Turn:
    """The pending question as it stands, with the steps already taken."""
    found, place = pending(sitting), sitting.learner.place
    assert found is not None
    assert isinstance(place, Asked)
    shown = found.question.show(order(sitting))
    number = place.total + len(place.missed) - len(place.queue) + 1
    if place.placing is not None:
        head = sitting.voice.say("placement.position", n=len(place.right) + len(place.missed) + 1)
    elif number <= place.total:
        head = sitting.voice.say("asking.position", n=number, total=place.total)
    else:
        head = sitting.voice.say("asking.once_more")
    text = f"{head}\n{shown.text}"
    if place.so_far:
        step = found.question.hear("", place.so_far, order(sitting))
        if isinstance(step, More):
            choices = buttons(sitting, step.shown, skip=not found.question.typed)
            return sitting.headed(head, f"{text}\n\n{step.shown.text}", choices)
    return sitting.headed(head, text, buttons(sitting, shown))


def buttons(sitting: Sitting, shown: Shown, *, skip: bool = True) -> tuple[Choice, ...]:
    """A question's buttons and "I don't know yet", which only a self-check does without; a
    placement test can be ended at each of its questions."""
    choices = [sitting.stamped(value, label) for value, label in shown.choices]
    if skip:
        choices.append(sitting.stamped("skip", sitting.voice.say("asking.skip")))
    if isinstance(sitting.learner.place, Asked) and sitting.learner.place.placing is not None:
        choices.append(sitting.stamped("finish", sitting.voice.say("placement.finish")))
    return tuple(choices)


def tapped(sitting: Sitting, found: Found, value: str) -> Turn | None:
    """The turn after a button of the pending question, or None when it has no such button."""
    place = sitting.learner.place
    assert isinstance(place, Asked)
    if place.placing is not None and value == "finish":
        return ask(sitting, replace(place, queue=()))
    result = found.question.hear(value, place.so_far, order(sitting))
    return None if result is None else answered(sitting, found, value, result)


def answered(sitting: Sitting, found: Found, text: str, result: Marked | More) -> Turn:
    """The turn after an answer to the pending question, or after a step of one."""
    place = sitting.learner.place
    assert isinstance(place, Asked)
    if isinstance(result, More):
        kept = sitting.having(place=replace(place, so_far=result.so_far))
        return kept.says(
            result.shown.text, buttons(kept, result.shown, skip=not found.question.typed)
        )
    answer = " ".join((*place.so_far, text)).casefold()
    since = sitting.now - place.asked_at  # nothing in a transcript, where time stands still
    if place.echo == seed(answer) and timedelta(0) < since < IMPATIENCE:
        return show(sitting)
    if place.placing is not None:
        right = result.score >= 1
        return ask(sitting, placed.following(sitting, place, seed(answer), right=right))
    if answer in place.tried:
        return sitting.says(sitting.voice.say("asking.same"), sitting.learner.offered)
    return _marked(sitting, place, found.question, result, answer)


def skipped(sitting: Sitting, found: Found) -> Turn:
    """The learner does not know yet: the answer is shown and the question comes back later."""
    place = sitting.learner.place
    assert isinstance(place, Asked)
    if place.placing is not None:
        return ask(sitting, placed.following(sitting, place, 0, right=False))
    fact = _answered(sitting, place, found.question, Marked(0), "", memory.Grade.AGAIN)
    lead = f"{sitting.voice.say('asking.skipped')}\n{_key(sitting, found.question)}"
    return _next(sitting.having(before=place), place, lead, fact, at_once=False)


def _marked(
    sitting: Sitting, place: Asked, question: Question, marked: Marked, answer: str
) -> Turn:
    voice, first = sitting.voice, place.tries == 0
    grade = _grade(sitting, place, question, marked)
    sitting = _timed(sitting.having(before=place), place, question)
    if marked.score >= 1:
        fact = _answered(sitting, place, question, marked, answer, grade)
        praise = voice.say("asking.right" if first else "asking.right_later")
        lead = f"{praise} {question.block.explanation}".strip()
        following = _next(sitting, place, lead, fact, at_once=first)
        praised = replace(following.says[0], cheer=praise)
        return replace(following, says=(praised, *following.says[1:]))
    verdict = voice.say("asking.almost" if marked.score > 0 else "asking.wrong")
    said = f"{verdict} {marked.feedback}".strip()
    self_checked = question.typed and bool(place.so_far)
    if first and question.guess < 0.5 and not self_checked:
        fact = _answered(sitting, place, question, marked, answer, None)
        tried = replace(place, tries=1, tried=(*place.tried, answer), so_far=())
        again = sitting.having(place=tried)
        choices = buttons(again, question.show(order(again)))
        return again.says(f"{said} {voice.say('asking.again')}", choices, (fact,))
    fact = _answered(sitting, place, question, marked, answer, grade)
    lead = said if self_checked else f"{said}\n{_key(sitting, question)}"
    return _next(sitting, place, lead, fact, at_once=False)


def _grade(sitting: Sitting, place: Asked, question: Question, marked: Marked) -> memory.Grade:
    card = sitting.cards.get(place.item)
    return memory.grade(
        marked.score,
        first_try=place.tries == 0,
        typed=question.typed and not place.so_far,
        seconds=_seconds(sitting, place),
        usual=usual(sitting.learner.pace.get(question.block.kind, ())),
        passes=0 if card is None else card.passes,
    )


def _timed(sitting: Sitting, place: Asked, question: Question) -> Sitting:
    """The sitting with the time this answer took beside the last ones of the kind."""
    if place.tries:
        return sitting
    pace, kind = sitting.learner.pace, question.block.kind
    return sitting.having(pace={**pace, kind: timed(pace.get(kind, ()), _seconds(sitting, place))})


def _seconds(sitting: Sitting, place: Asked) -> float:
    return max(0.0, (sitting.now - place.asked_at).total_seconds())


def _key(sitting: Sitting, question: Question) -> str:
    key = sitting.voice.say("asking.key", key=question.reveal(order(sitting)))
    return f"{key}\n{question.block.explanation}".strip()


def _next(sitting: Sitting, place: Asked, lead: str, fact: Answered, *, at_once: bool) -> Turn:
    """On to the next question; one that was missed for the first time comes back at the end."""
    item, queue, missed = place.item, place.queue[1:], place.missed
    if not at_once and item not in missed:
        queue, missed = (*queue, item), (*missed, item)
        if len(queue) > 1:
            lead = f"{lead}\n{sitting.voice.say('asking.back_later')}"
    right = (*place.right, item) if at_once and item not in missed else place.right
    following = replace(
        place,
        queue=queue,
        missed=missed,
        right=right,
        tries=0,
        tried=(),
        so_far=(),
        echo=seed(fact.answer),
    )
    studied = sitting.having(studied_on=sitting.day)
    lapses = leech.lapses(studied, item, fact)
    if not lapses:
        return led(lead, ask(studied, following), (fact,))
    lead = f"{lead}\n{sitting.voice.say('asking.leech')}"
    return leech.noted(studied, item, lapses, led(lead, ask(studied, following), (fact,)))


def _answered(
    sitting: Sitting,
    place: Asked,
    question: Question,
    marked: Marked,
    answer: str,
    grade: memory.Grade | None,
) -> Answered:
    found = pending(sitting)
    return Answered(
        item=place.item,
        version=found.course.version if found else place.version,
        kind=question.block.kind,
        answer=answer[:LOGGED_ANSWER],
        score=marked.score,
        tries=place.tries + 1,
        grade=int(grade or 0),
        misconception=marked.misconception,
        seconds=_seconds(sitting, place),
    )
