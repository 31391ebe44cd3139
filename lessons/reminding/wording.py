"""The words of a reminder: how much it is, what is new, the buttons. Never a reproach."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from lessons import timing
from lessons.calendars import Calendar
from lessons.chance import mixed, seed
from lessons.learner import Learner
from lessons.memory.grading import INTERRUPTED
from lessons.messages import Choice, Said
from lessons.reminding import hours, pace
from lessons.texts import Voice

Reason = Literal["due", "snooze", "goodbye", "backoff", "deadline", "window"]
WORDINGS = ("due_1", "due_2", "due_3", "due_4", "due_5", "due_6")
SOON = ("soon_1", "soon_2")
SECONDS, GUESSED = 35.0, 2  # a question takes, before answers are known; counts as so many answers
DATE = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class Words:
    """Whom, how many questions, why; `exam` is the course and day of one that is near."""

    learner: Learner
    count: int
    reason: Reason
    exam: tuple[str, date] | None = None

    @property
    def minutes(self) -> int:
        """How long it takes at the learner's own pace, at least a minute."""
        return max(1, round(self.count * seconds_a_question(self.learner) / 60))


def sent_on(learner: Learner, day: date) -> bool:
    """Whether that day had its reminder."""
    sent = learner.rhythm.sent
    return bool(sent) and timing.day(sent[-1], learner.timezone) == day


def seconds_a_question(learner: Learner) -> float:
    """The mean of the learner's last answers, interrupted ones left out."""
    known = [each for kind in learner.pace.values() for each in kind if each <= INTERRUPTED]
    return (SECONDS * GUESSED + sum(known)) / (GUESSED + len(known))


def said(words: Words, today: date, calendar: Calendar) -> tuple[Said, str]:
    """The message, and the name of its wording."""
    learner = words.learner
    voice = Voice(learner.language, learner.form)
    template = _template(words, today)
    sentences = [
        voice.say(
            f"reminder.{template}",
            questions=voice.count("questions", words.count),
            minutes=voice.count("minutes", words.minutes),
        )
    ]
    if template == "goodbye":
        return Said(" ".join(sentences), _choices(voice, "now", "change"), "reminder"), template
    choices = _choices(voice, "now", "hour", "tomorrow", "week", "change")
    if template != "again":
        sentences += _news(words, voice, today, calendar)
    booster = _booster(learner, today, calendar)
    if booster:
        choices = (*choices, Choice(f"open:{booster}", voice.say("reminder.booster")))
    if _moves(words):
        at = f"{hours.shown(learner):%H:%M}"
        sentences.append(voice.say("reminder.moved", time=at))
        keep = voice.say("reminder.keep", time=f"{learner.remind_at:%H:%M}")
        choices = (*choices, Choice("hour:keep", keep))
    return Said(" ".join(sentences), choices, "reminder"), template


def _booster(learner: Learner, today: date, calendar: Calendar) -> str:
    """The lesson to look at again today, before a session: of the courses begun, each in turn."""
    begun = [path for path in calendar.boosters if path.partition("/")[0] in learner.begun]
    if not begun or calendar.phase(today) != "before":
        return ""
    return begun[today.toordinal() % len(begun)]


def _moves(words: Words) -> bool:
    """Whether this is the first reminder at the hour that habit showed."""
    learner = words.learner
    new = learner.rhythm.hour == "chosen" and hours.taken_over(learner) is not None
    return new and words.reason != "snooze"


def _template(words: Words, today: date) -> str:
    """The wording: each once before one returns, in an order of this learner's own. What was put
    off to later the same day comes as agreed."""
    learner = words.learner
    if words.reason == "goodbye":
        return "goodbye"
    if words.reason == "snooze" and sent_on(learner, today):
        return "again"
    wordings = SOON if words.reason == "window" else WORDINGS
    order = mixed(wordings, seed(learner.id, "wording"))
    return order[len(learner.rhythm.sent) % len(order)]


def _news(words: Words, voice: Voice, today: date, calendar: Calendar) -> list[str]:
    """What has changed since the last reminder: the pace, the session; an exam that is near."""
    learner, found = words.learner, []
    ignored, sent = learner.rhythm.ignored, learner.rhythm.sent
    if ignored in pace.GAPS:
        days = voice.count("reminder_days", pace.gap(ignored))
        found.append(voice.say("reminder.less", days=days))
    phase = calendar.phase(today)
    if phase and (not sent or calendar.phase(timing.day(sent[-1], learner.timezone)) != phase):
        found.append(voice.say(f"reminder.{phase}"))
    if words.exam is not None:
        course, on = words.exam
        found.append(voice.say("reminder.exam", course=course.upper(), day=f"{on:{DATE}}"))
    return found


def _choices(voice: Voice, *names: str) -> tuple[Choice, ...]:
    return tuple(Choice(DOES[name], voice.say(f"reminder.{name}")) for name in names)


DOES = {
    "now": "c:review",
    "hour": "snooze:hour",
    "tomorrow": "snooze:tomorrow",
    "week": "pause:week",
    "change": "c:reminders",
}
