"""The whole conversation: turn(sitting, heard) -> Turn. Pure, total, the same on every platform.

A turn may want to know something first (what is due, what the course says): then the use case finds
it out, with no transaction open, and `told` goes on.
"""

from dataclasses import replace

from lessons import reminding
from lessons.dialogue import (
    arriving,
    asking,
    choosing,
    exams,
    follow_up,
    glossary,
    joining,
    lesson,
    placing,
    review,
    rhythm,
    settings,
    summary,
    tutor,
    undoing,
)
from lessons.dialogue.closing import closed
from lessons.dialogue.meaning import Meaning, meaning
from lessons.dialogue.places import show
from lessons.dialogue.turns import (
    Sitting,
    Turn,
    Wants,
    WantsAnswer,
    WantsCode,
    WantsJoin,
    WantsProgress,
    WantsReview,
    led,
)
from lessons.findings import Answer, Code, Review, Standing
from lessons.learner import Arriving, Consenting, Reading, Resting
from lessons.messages import Choice, Heard
from lessons.texts import Voice, languages

__all__ = [
    "Sitting", "Turn", "Wants", "WantsAnswer", "WantsCode", "WantsJoin", "WantsProgress",
    "WantsReview", "told", "turn",
]  # fmt: skip


def turn(sitting: Sitting, heard: Heard) -> Turn:
    """What the tutor says to a message: at least one reply or one want, never an exception."""
    begins = follow_up.begins(sitting)
    sitting = _active(sitting)
    if isinstance(sitting.learner.place, Arriving):
        sitting = _in_device_language(sitting, heard)
    done = _said(sitting, heard)
    return _offering(sitting, follow_up.added(sitting, heard, done) if begins else done)


def told(sitting: Sitting, wants: Wants, found: Review | Standing | Answer | Code | None) -> Turn:
    """The turn goes on with what was found out: a review, a standing, an answer, a code; None:
    there is nobody to join."""
    match wants, found:
        case WantsReview(ask_about=path), Review():
            done = review.reviewed(sitting, found)
            return _offering(sitting, follow_up.asking_about(sitting, done, path))
        case WantsProgress(data=data), Standing():
            shown = review.kept if data else review.progress
            return _offering(sitting, shown(sitting, found))
        case WantsAnswer(question=question), Answer():
            return _offering(sitting, tutor.answered(sitting, question, found))
        case WantsCode(), Code():
            return _offering(sitting, settings.code(sitting, found))
        case _:
            return _offering(sitting, joining.refused(sitting))


def guarded(sitting: Sitting) -> Turn:
    """The reply to a message that must not be kept (lessons.guard)."""
    if isinstance(sitting.learner.place, Arriving):
        return _offering(sitting, arriving.greet(sitting))
    return _offering(sitting, tutor.guarded(_active(sitting)))


def _active(sitting: Sitting) -> Sitting:
    """The learner is here: that ends a silence, and shows when this person usually studies."""
    heard = reminding.heard(sitting.learner, sitting.now)
    return replace(sitting, learner=replace(heard, active_at=sitting.now))


def _in_device_language(sitting: Sitting, heard: Heard) -> Sitting:
    spoken = heard.language.replace("_", "-").split("-")[0].casefold()
    return sitting.having(language=spoken) if spoken in languages() else sitting


def _offering(sitting: Sitting, turn: Turn) -> Turn:
    """Every reply ends with a way on; what is typed next refers to the newest choices."""
    if turn.wants is not None:
        return turn
    *before, last = turn.says
    if not last.choices:
        voice = Voice(turn.learner.language, turn.learner.form)
        last = replace(last, choices=(Choice("c:continue", voice.say("menu.continue")),))
    learner = replace(turn.learner, offered=last.choices)
    done = replace(turn, learner=learner, says=(*before, last))
    return lesson.guarding(sitting.having(course=learner.course).course, done)


def _said(sitting: Sitting, heard: Heard) -> Turn:
    followed = joining.code_of(heard)
    if followed is not None:
        return joining.ask(sitting, followed)
    meant = meaning(sitting, heard)
    place = sitting.learner.place
    if meant.sort == "tap" and meant.what.startswith("join:"):
        return joining.answered(sitting, meant.what.removeprefix("join:"))
    if isinstance(place, Arriving | Consenting):
        return _arriving(sitting, heard, meant)
    match meant.sort:
        case "tap":
            return _tapped(sitting, heard, meant.what)
        case "command":
            return _commanded(sitting, heard, meant.what)
        case "answer":
            found = asking.pending(sitting)
            if found is not None and meant.result is not None:
                return asking.answered(sitting, found, meant.what, meant.result)
        case "question":
            explained = glossary.asked(sitting, meant.what)
            return explained or tutor.wants_answer(sitting, meant.what)
    return _unclear(sitting, meant)


def _unclear(sitting: Sitting, meant: Meaning) -> Turn:
    """A message that says nothing the tutor can act on; what was offered is offered again."""
    voice = sitting.voice
    found = asking.pending(sitting)
    if meant.sort == "short" and found is not None:
        text = f"{voice.say('asking.unclear')} {asking.how(sitting, found)}"
    else:
        text = voice.say(f"help.{meant.sort}")
    return sitting.says(text, sitting.learner.offered)


def _arriving(sitting: Sitting, heard: Heard, meant: Meaning) -> Turn:
    """Before consent was asked and answered, only that and the language matter."""
    if meant.what.startswith("lang:") and meant.sort in ("tap", "command"):
        return arriving.greet(sitting.having(language=choosing.language(sitting, meant.what)))
    if isinstance(sitting.learner.place, Arriving) or meant.what == "start":
        return arriving.greet(sitting)
    if meant.what in ("consent:yes", "agree"):
        return arriving.consented(sitting, heard.address.platform)
    if meant.what in ("consent:no", "refuse"):
        return arriving.declined(sitting)
    if meant.sort == "question" or meant.what in ("help", "data", "c:help"):
        return arriving.ask_consent(sitting, "consent.details")
    return arriving.ask_consent(sitting, "consent.waiting")


def _tapped(sitting: Sitting, heard: Heard, choice: str) -> Turn:
    """A button: of what is shown now, a command, a setting, or of something long past."""
    stamp, _, value = choice.partition(":")
    if stamp == f"s{sitting.learner.stamp}":
        return closed(sitting, heard, value, _stamped(sitting, value))
    match stamp:
        case "c":
            return _commanded(sitting, heard, value)
        case "lang" | "form" | "remind":
            return choosing.set_to(sitting, stamp, value)
        case "consent":
            return _commanded(sitting, heard, "agree" if value == "yes" else "refuse")
        case "snooze" | "pause" | "hour" | "weekends" | "zone":
            return rhythm.tapped(sitting, stamp, value)
        case "stop" | "delete":
            return choosing.confirmed(sitting, stamp, value)
        case "lesson" | "course":
            return choosing.chosen(sitting, stamp, value)
        case _ if stamp in TAPPED:
            return TAPPED[stamp](sitting, value)
    return led(sitting.voice.say("asking.past"), show(sitting))


def _stamped(sitting: Sitting, value: str) -> Turn:
    if isinstance(sitting.learner.place, Reading):
        return lesson.onward(sitting)
    found = asking.pending(sitting)
    if found is None:
        return show(sitting)
    if value == "skip":
        return asking.skipped(sitting, found)
    return asking.tapped(sitting, found, value) or show(sitting)


def _commanded(sitting: Sitting, heard: Heard, name: str) -> Turn:
    """A command, typed or tapped."""
    if name.startswith("lang:"):
        return choosing.set_to(sitting, "lang", name.removeprefix("lang:"))
    match name:
        case "start":
            return led(sitting.voice.say("greeting.back"), show(sitting))
        case "continue":
            return _move(rhythm.resumed(sitting), name)
        case "next" | "rest" | "back" | "skip" | "fine":
            return _move(sitting, name)
        case "agree":
            return arriving.consented(sitting, heard.address.platform)
        case "refuse" if sitting.learner.consent == "yes":
            return settings.confirm(sitting, "delete")
        case "refuse":
            return arriving.declined(sitting)
        case "stop" | "delete":
            return settings.confirm(sitting, name)
    return DO.get(name, _help)(sitting)


def _move(sitting: Sitting, name: str) -> Turn:
    """On, back, past a question, or to a pause; where nothing moves, the place is shown again."""
    place, found = sitting.learner.place, asking.pending(sitting)
    if found is not None and name == "skip":
        return asking.skipped(sitting, found)
    if isinstance(place, Reading) and name in ("next", "skip", "fine"):
        return lesson.onward(sitting)
    if name == "fine" and any(choice.id == "c:review" for choice in sitting.learner.offered):
        return review.wants_review(sitting)
    if name == "back":
        return lesson.backward(sitting) or _aside(sitting)
    if name == "rest":
        return sitting.says(sitting.voice.say("rest.done"), sitting.menu("continue"))
    if isinstance(place, Resting) and name in ("continue", "next"):
        return lesson.begin_next(sitting)
    return show(sitting)


def _aside(sitting: Sitting) -> Turn:
    """The safe way out of anything: the place is kept, and these are the ways on."""
    key = "rest.idle" if isinstance(sitting.learner.place, Resting) else "rest.kept"
    buttons = sitting.menu("continue", "review", "progress", "courses", "help")
    return sitting.says(sitting.voice.say(key), buttons)


def _help(sitting: Sitting) -> Turn:
    """The commands; while a question is pending, first only how it may be answered."""
    voice, found = sitting.voice, asking.pending(sitting)
    more = sitting.menu("help")
    if found is not None and more[0] not in sitting.learner.offered:
        text = voice.say("help.asking", how=asking.how(sitting, found))
        return sitting.says(text, (*show(sitting).says[0].choices, *more))
    buttons = sitting.menu("continue", "review", "progress", "courses", "reminders", "language")
    return sitting.says(voice.say("help.text"), buttons)


def _ask(sitting: Sitting) -> Turn:
    return sitting.says(sitting.voice.say("ask.prompt"))


def _progress(sitting: Sitting) -> Turn:
    return Turn(sitting.learner, wants=WantsProgress())


DO = {
    "review": review.wants_review,
    "undo": undoing.undone,
    "progress": _progress,
    "courses": lesson.list_courses,
    "language": settings.ask_language,
    "form": settings.ask_form,
    "reminders": settings.ask_reminder,
    "pause": rhythm.ask_pause,
    "zone": rhythm.ask_zone,
    "exam": exams.ask,
    "data": settings.wants_data,
    "link": settings.wants_code,
    "ask": _ask,
    "sources": lesson.sources,
    "glossary": glossary.how,
    "placement": placing.offer,
    "summary": summary.asked,
}

TAPPED = {
    "open": lesson.opened,
    "term": glossary.looked_up,
    "summary": summary.show,
    "exam": exams.chosen,
    "placement": placing.chosen,
    "used": follow_up.answered,
}
