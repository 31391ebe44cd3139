"""The learner and the Place where a learner stands in the conversation: rows, not processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from datetime import date, datetime, time
from typing import Any, Literal

from lessons.memory.backlog import DAILY, allowance
from lessons.messages import Choice

Consent = Literal["ask", "yes", "no"]
PLACE_FORMAT = 1  # of the stored place; raise it with a migration in `place_from`


@dataclass(frozen=True, slots=True)
class Arriving:
    """Nothing was said yet."""


@dataclass(frozen=True, slots=True)
class Consenting:
    """The tutor has said what it is and asked whether answers may be kept."""


@dataclass(frozen=True, slots=True)
class Reading:
    """On a screen of a lesson (from 0)."""

    course: str
    version: int
    lesson: str
    screen: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question is pending: the first of `queue`.

    `queue` holds items ("c6/l1/q2"); `lesson` is empty in a review. `tries` counts finished tries
    of this showing, `tried` what was answered, `so_far` the steps of an answer under way, `missed`
    the items that already came back in this session, `right` those answered at once. `recall`: the
    question is put in its second form, without options to recognise. `waiting`: how many more are
    for today after this review.
    `after` is the place to return to when a review interrupted a lesson. `echo` knows the answer
    that led here again, so that impatience does not answer the next question. `placing` is when a
    placement test began, if this is one: there `missed` are the items not known, asked but once.
    """

    course: str
    version: int
    lesson: str
    queue: tuple[str, ...]
    asked_at: datetime
    tries: int = 0
    tried: tuple[str, ...] = ()
    so_far: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    total: int = 0
    echo: int = 0
    recall: bool = False
    waiting: int = 0
    placing: datetime | None = None
    after: "Place | None" = None

    @property
    def item(self) -> str:
        return self.queue[0]


@dataclass(frozen=True, slots=True)
class Resting:
    """Nothing is pending."""


Place = Arriving | Consenting | Reading | Asked | Resting
_PLACES = {place.__name__: place for place in (Arriving, Consenting, Reading, Asked, Resting)}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a learner studies and is reminded (lessons/reminding/).

    `starts` are the minutes after midnight at which the last active days began, newest last;
    `sent` the moments of the last reminders, newest last; `ignored` those in a row that nothing
    followed; `paused_until` a learner day. `hour` says whose the hour of the reminders is: the one
    chosen in the beginning, the one learned from habit, or one the learner insists on.
    `weekends`: also on days off.
    """

    starts: tuple[int, ...] = ()
    sent: tuple[datetime, ...] = ()
    ignored: int = 0
    paused_until: date | None = None
    hour: Literal["chosen", "learned", "kept"] = "chosen"
    weekends: bool = False


@dataclass(frozen=True, slots=True)
class Learner:
    """One person, the same on every platform.

    `stamp` counts the showings of screens and questions, so that an old button is known as old.
    `offered` are the buttons of the newest message that has some: numbers and words refer to them.
    `begun` is the version of each course the learner is in. `remind_at` is the chosen local time;
    `due_at` (UTC) is when the next reminder is to be considered. `studied_on` is a learner day.
    `calendar` names the days on which the learner's unit is not to be reminded. `exams` are days
    by course. `finished_on` are the days of lessons that are to be asked about once, what they were
    good for (dialogue/follow_up.py). `before` is the place before the last answer, to take that
    back. `pace` are the seconds of the last answers by kind of question. `weights` are the memory's
    parameters (0: the defaults), to be fitted anew on the learner day `fit_on`. `version` is the
    row's, raised by each save.
    """

    id: str
    language: str = "vi"
    timezone: str = "Asia/Ho_Chi_Minh"
    consent: Consent = "ask"
    form: str = "default"
    form_asked: bool = False
    course: str = ""
    begun: Mapping[str, int] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    remind_at: time | None = None
    remind_asked: bool = False
    due_at: datetime | None = None
    snoozed: bool = False
    studied_on: date | None = None
    active_at: datetime | None = None
    rhythm: Rhythm = Rhythm()
    calendar: str = ""
    exams: Mapping[str, date] = field(default_factory=dict)
    finished_on: Mapping[str, date] = field(default_factory=dict)
    pace: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    weights: int = 0
    fit_on: date | None = None
    stamp: int = 0
    offered: tuple[Choice, ...] = ()
    place: Place = Arriving()
    before: Place | None = None
    version: int = 0

    def daily(self, today: date, items: int) -> int:
        """How many reviews a day is for: as many as before an exam are needed, if one is near."""
        ahead = [day for day in self.exams.values() if day > today]
        return allowance(DAILY, today, min(ahead, default=None), items)


def place_row(place: Place) -> dict[str, object]:
    """A place as JSON: its name, the format's number and its fields."""
    fields = {each.name: getattr(place, each.name) for each in dataclass_fields(place)}
    if isinstance(place, Asked):
        fields["asked_at"] = place.asked_at.isoformat()
        fields["placing"] = place.placing and place.placing.isoformat()
        fields["after"] = None if place.after is None else place_row(place.after)
    return {"place": type(place).__name__, "format": PLACE_FORMAT, **fields}


def rhythm_row(rhythm: Rhythm) -> dict[str, object]:
    """A rhythm as JSON."""
    return {
        "starts": list(rhythm.starts),
        "sent": [moment.isoformat() for moment in rhythm.sent],
        "ignored": rhythm.ignored,
        "paused_until": rhythm.paused_until and rhythm.paused_until.isoformat(),
        "hour": rhythm.hour,
        "weekends": rhythm.weekends,
    }


def rhythm_from(row: Mapping[str, Any]) -> Rhythm:
    """The rhythm a row holds; what the row lacks is as in the beginning."""
    fields = dict(row)
    fields["starts"] = tuple(fields.get("starts", ()))
    fields["sent"] = tuple(datetime.fromisoformat(each) for each in fields.get("sent", ()))
    if fields.get("paused_until"):
        fields["paused_until"] = date.fromisoformat(fields["paused_until"])
    return Rhythm(**fields)


def place_from(row: Mapping[str, object]) -> Place:
    """The place a row holds. Raises KeyError for a place of a newer program."""
    fields = {key: value for key, value in row.items() if key not in ("place", "format")}
    for key in ("queue", "tried", "so_far", "missed", "right"):
        if isinstance(fields.get(key), list):
            fields[key] = tuple(fields[key])  # type: ignore[arg-type]
    if "asked_at" in fields:
        fields["asked_at"] = datetime.fromisoformat(str(fields["asked_at"]))
    if fields.get("placing"):
        fields["placing"] = datetime.fromisoformat(str(fields["placing"]))
    after = fields.get("after")
    if isinstance(after, Mapping):
        fields["after"] = place_from(after)
    return _PLACES[str(row["place"])](**fields)  # type: ignore[arg-type]
