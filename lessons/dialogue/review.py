"""Review and progress: what is due today, how far the learner is, what is kept."""

from dataclasses import replace

from lessons.dialogue import asking, ending
from lessons.dialogue.places import show
from lessons.dialogue.settings import DAY
from lessons.dialogue.turns import Sitting, Turn, WantsReview, led, lesson_place
from lessons.findings import Review, Standing
from lessons.learner import Asked, Reading, Resting
from lessons.messages import Choice

AT_ONCE = 10  # questions of one review, so that it stays a matter of minutes


def wants_review(sitting: Sitting) -> Turn:
    place = sitting.learner.place
    if isinstance(place, Asked) and not place.lesson:
        return show(sitting)  # in a review already
    return Turn(sitting.learner, wants=WantsReview())


def reviewed(sitting: Sitting, review: Review) -> Turn:
    """Begin the review; a lesson under way is kept behind it."""
    standing = review.standing
    if not review.items:
        key = "review.tomorrow" if standing.due else "review.nothing"
        text = _with_next_day(sitting, sitting.voice.say(key), standing)
        return _beside(sitting, text)
    under_way = lesson_place(sitting.learner.place)
    after = under_way if isinstance(under_way, Reading | Asked) else None
    due, today = review.items[:AT_ONCE], len(review.items)
    waiting = today - len(due)
    at = replace(sitting, cards=review.cards)
    place = Asked("", 0, "", due, sitting.now, total=len(due), waiting=waiting, after=after)
    lead = ""
    if standing.due > today:
        lead = sitting.voice.say("review.spread", due=standing.due, today=today)
    return led(lead, asking.ask(at, place))


def progress(sitting: Sitting, standing: Standing) -> Turn:
    """Lessons done per course begun, items in memory, what is due and when."""
    voice, learner = sitting.voice, sitting.learner
    lines, every = [], sitting.library.newest()
    begun = [course for course in every if course.id in learner.begun]
    for newest in begun or every[:1]:
        course = sitting.library.course(newest.id, sitting.version(newest.id)) or newest
        done = sum(path.startswith(f"{course.id}/") for path in learner.done)
        name, title = course.id.upper(), course.title(learner.language)
        count = len(course.lessons)
        lines.append(voice.say("progress.course", course=name, title=title, done=done, count=count))
    if len(every) > max(1, len(begun)):
        lines.append(voice.say("progress.others"))
    items, due = voice.count("questions", standing.items), standing.due
    lines.append(voice.say("progress.memory", items=items, due=due))
    return _beside(sitting, _with_next_day(sitting, "\n".join(lines), standing))


def kept(sitting: Sitting, standing: Standing) -> Turn:
    """What is kept about the learner, in words."""
    voice, learner = sitting.voice, sitting.learner
    form = voice.say(f"form_label.{learner.form}")
    reminder = f"{learner.remind_at:%H:%M}" if learner.remind_at else voice.say("reminder.none")
    lines = (
        voice.say("data.head"),
        voice.say(
            "data.settings", language=voice.say("language.name"), form=form, reminder=reminder
        ),
        voice.say("data.lessons", done=len(learner.done), items=standing.items),
        *(
            voice.say("data.exam", course=course.upper(), day=f"{on:{DAY}}")
            for course, on in learner.exams.items()
        ),
        voice.say("data.answers"),
        voice.say("data.consented"),
        voice.say("data.rights"),
    )
    return _beside(sitting, "\n".join(lines))


def _with_next_day(sitting: Sitting, text: str, standing: Standing) -> str:
    if standing.next_day is None or standing.due:
        return text
    return f"{text}\n{sitting.voice.say('review.next_day', day=f'{standing.next_day:{DAY}}')}"


def _beside(sitting: Sitting, text: str) -> Turn:
    if isinstance(sitting.learner.place, Resting):
        return sitting.says(text, ending.rest_buttons(sitting))
    if isinstance(sitting.learner.place, Reading | Asked):
        onward = Choice("c:continue", sitting.voice.say("menu.continue"))
        return sitting.says(text, (onward,))
    return led(text, show(sitting))
