"""Plays a transcript: acts what the learner does and the time, writes the tutor's lines anew."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.outbox import Begin, Lane
from bot.platforms.console import CAPS
from bot.render import Caps, Edit, Part, Text
from bot.settings import Settings
from bot.transcript import (
    LEARNER,
    Happened,
    Line,
    On,
    Operator,
    Remark,
    Script,
    Speak,
    Tap,
    Told,
    Unreadable,
    Wait,
    told,
)
from bot.wiring import House, publish, rehearsal
from lessons.facts import as_line
from lessons.learner import Learner, Reading, Resting
from lessons.messages import Address, Choice, Heard, Kind
from lessons.ports import Saving
from lessons.use_cases.remind import remind

START = "2026-11-23T08:00"  # when a transcript begins that does not say; learner time
STEPS = 10_000  # ticks between two lines, at most


class Clock:
    """The clock of a play: it stands still until a line moves it."""

    def __init__(self) -> None:
        self.at = datetime.fromisoformat(START).replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


class _Recorder:
    """A messenger that shows what the platform can show, and writes down what is sent."""

    at_once = 1

    def __init__(self, caps: Caps) -> None:
        self.caps = caps
        self.sent: list[tuple[Address, Part]] = []

    def closed_for(self) -> float:
        return 0.0

    async def deliver(self, address: Address, part: Part, kind: Kind, begin: Begin) -> str:  # noqa: ARG002
        await begin()
        self.sent.append((address, part))
        return ""


def _caps(platform: str) -> Caps:
    """What a platform shows in a transcript: a terminal shows all that others only vary."""
    if platform != "telegram":
        return CAPS
    from bot.platforms import telegram_mouth

    return telegram_mouth.CAPS


class Play:
    """One script on one house. People are called by their names in the script."""

    def __init__(self, house: House, clock: Clock, script: Script) -> None:
        self._house = house
        self._clock = clock
        self._script = script
        self._zone = ZoneInfo(house.converse.timezone)
        self._platform = script.settings.get("platform", "console")
        self._updates = 0
        self._shown: dict[str, dict[str, Text]] = {}  # by person: message to what it reads now
        self._where: dict[str, str] = {}

    async def run(self, now: str = "") -> Script:
        """The whole transcript as it goes today. Raises Unreadable for what cannot be played."""
        settings = self._script.settings
        self._clock.at = self._moment(datetime.fromisoformat(now or settings.get("now", START)))
        await self._prepare()
        played: list[Line] = []
        for position, line in enumerate(self._script.lines):
            match line:
                case Told() | Happened():
                    continue
                case Remark():
                    played.append(line)
                case _:
                    following = self._script.lines[position + 1 :]
                    said = await self._act(line, _facts_asked(following))
                    played += [line, *(said or _silence(following))]
        return Script(settings, tuple(played))

    def _moment(self, when: datetime) -> datetime:
        return (when if when.tzinfo else when.replace(tzinfo=self._zone)).astimezone(UTC)

    async def _prepare(self) -> None:
        """The learner as the settings say: consent given already, at a lesson, in a language."""
        settings, house = self._script.settings, self._house
        known = await house.store.learner(self._address(LEARNER))
        if known or settings.get("consent", "ask") == "ask":
            return
        course = settings.get("course", "") or house.shelf.library.newest()[0].id
        learner = Learner(
            house.converse.new_id(),
            language=settings.get("language", "vi"),
            timezone=self._zone.key,
            consent="yes" if settings["consent"] == "yes" else "no",
            course=course,
            place=Resting(),
            calendar=settings.get("calendar", ""),
        )
        found = house.shelf.library.lesson(f"{course}/{settings.get('lesson', '')}")
        if found:
            place = Reading(course, found[0].version, found[1].id, 0)
            begun = {course: found[0].version}
            learner = replace(learner, place=place, begun=begun)
        if "exam" in settings:
            learner = replace(learner, exams={course: date.fromisoformat(settings["exam"])})
        await house.store.save(Saving(learner, self._address(LEARNER), self._clock.at))

    def _address(self, who: str) -> Address:
        return Address(self._where.get(who, self._platform), who)

    async def _act(self, line: Line, asked: tuple[str, ...]) -> list[Line]:
        match line:
            case Speak(who, text):
                return await self._hear(who, text, "text", asked)
            case Tap(who, label, nth):
                message, choice = self._choice(who, label, nth)
                return await self._hear(who, choice.id, "tap", asked, message)
            case Wait():
                return await self._wait(line)
            case On(platform):
                await self._move(platform)
                return []
            case Operator(command):
                await self._operate(command)
                return []
            case _:
                return []

    async def _hear(
        self, who: str, text: str, medium: str, asked: tuple[str, ...], message: str = ""
    ) -> list[Line]:
        self._updates += 1
        language = self._script.settings.get("language", "")
        update = f"{self._house.owner}-{self._updates}"
        before = await self._facts(who)
        heard = Heard(self._address(who), update, text, language=language, message=update)
        if medium == "tap":
            shown = self._shown[who][message].plain
            heard = replace(heard, medium="tap", message=message, shown=shown)
        await self._house.inbox.hear(heard)
        said = await self._said()
        happened = (await self._facts(who))[len(before) :]
        named = (fact for fact in happened if fact.partition("(")[0] in asked)
        return [*(said or [Told("", to=who)]), *(Happened(fact) for fact in named)]

    async def _facts(self, who: str) -> list[str]:
        learner = await self._house.store.learner(self._address(who))
        if learner is None:
            return []
        rows = await self._house.store.facts(learner.id)
        return [as_line(name, fields) for _, name, fields in rows]

    def _choice(self, who: str, label: str, nth: int) -> tuple[str, Choice]:
        """The message that has the button, and the button."""
        offers = [
            (message, choice)
            for message, text in reversed(self._shown.get(who, {}).items())
            for choice in text.buttons
            if choice.label == label
        ]
        if len(offers) < nth:
            raise Unreadable(f"no message to {who} has a button [{label}]")
        return offers[nth - 1]

    async def _said(self) -> list[Line]:
        """What is in the outbox, sent."""
        sent: list[tuple[Address, Part]] = []
        for platform in sorted({self._platform, *self._where.values()}):
            recorder = _Recorder(_caps(platform))
            lane = Lane(platform, recorder, self._house.store, "replay", self._clock)
            while await lane.deliver():
                pass
            sent += recorder.sent
        for address, part in sent:
            self._note(self._shown.setdefault(address.chat, {}), part)
        return [told(part, address.chat) for address, part in sent]

    def _note(self, shown: dict[str, Text], part: Part) -> None:
        """What the person has before them now."""
        if isinstance(part, Text):
            shown[f"m{sum(map(len, self._shown.values()))}"] = part
        elif isinstance(part, Edit):
            shown[part.target] = part.text

    async def _wait(self, line: Wait) -> list[Line]:
        """Time passes; at each moment when something is due, the scheduler's tick happens."""
        target = self._moment(line.until) if line.until else self._clock.at + _span(line)
        lines: list[Line] = []
        for _ in range(STEPS):
            due = await self._house.store.due(target, 1)
            if not due or due[0][0].due_at is None:
                break
            self._clock.at = max(self._clock.at, due[0][0].due_at)
            await remind(self._house.store, self._clock.at)
            lines += await self._said()
        self._clock.at = max(self._clock.at, target)
        return lines

    async def _operate(self, command: str) -> None:
        """What an operator does meanwhile: so far, publish a course."""
        published = re.fullmatch(r"hocvu course publish (\S+)", command)
        if not published:
            raise Unreadable(f"'{command}' cannot be played: only 'hocvu course publish DIR' can")
        await publish(self._house, (Path(published[1]),))

    async def _move(self, platform: str) -> None:
        """The same person goes on at another platform: joined by a one-time code."""
        store, now = self._house.store, self._clock.at
        learner = await store.learner(self._address(LEARNER))
        self._where[LEARNER] = platform
        if learner is not None and await store.learner(self._address(LEARNER)) is None:
            code = self._house.converse.new_code()
            await store.issue_code(learner.id, code, now + timedelta(minutes=10))
            await store.redeem_code(code, self._address(LEARNER), now)


def _span(line: Wait) -> timedelta:
    assert line.span is not None
    return line.span


def _silence(following: Iterable[Line]) -> list[Line]:
    """The line that asserts silence, where the script has it for time that passes."""
    for line in following:
        if isinstance(line, Told):
            return [] if line.text or line.buttons else [line]
        if not isinstance(line, Remark | Happened):
            return []
    return []


def _facts_asked(following: Iterable[Line]) -> tuple[str, ...]:
    """The names of the facts that the script shows before the next line that is played."""
    names: list[str] = []
    for line in following:
        if isinstance(line, Happened):
            names.append(line.fact.partition("(")[0])
        elif not isinstance(line, Told | Remark):
            break
    return tuple(names)


async def play(script: Script, settings: Settings, now: str = "", db: Path | None = None) -> Script:
    """The whole transcript as it goes today, on a fresh store in memory or on this SQLite file."""
    clock = Clock()
    zone = script.settings.get("timezone", settings.timezone)
    settings = settings.model_copy(update={"timezone": zone})
    async with rehearsal(settings, clock, script.settings.get("seed", "1"), db) as house:
        return await Play(house, clock, script).run(now)
