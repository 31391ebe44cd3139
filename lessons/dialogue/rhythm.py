"""What a learner says about the reminders themselves: later, not for a while, at the old hour, on
weekends too, in another time zone. One tap each, or typed: "nghỉ 3 ngày", "UTC+9"."""

import re
from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from lessons import reminding, timing
from lessons.calendars import bundled
from lessons.dialogue.settings import DAY, SLOTS, ask_reminder
from lessons.dialogue.turns import Sitting, Turn, led
from lessons.facts import SettingChanged, Snoozed
from lessons.messages import Choice
from lessons.texts import words
from lessons.typed import fold

PAUSES = {"week": 7, "fortnight": 14, "month": 30}  # days
LONGEST = 90  # days; who is away longer says stop
ZONES = {
    "Asia/Ho_Chi_Minh": "hanoi",
    "Asia/Tokyo": "tokyo",
    "Europe/Paris": "paris",
    "Europe/London": "london",
    "America/New_York": "new_york",
}


def tapped(sitting: Sitting, stamp: str, value: str) -> Turn:
    """A button of a reminder or of one of these questions."""
    if stamp == "zone":
        return _zone(sitting, value)
    if sitting.learner.consent != "yes":
        return sitting.says(sitting.voice.say("reminder.needs_consent"))
    match stamp:
        case "snooze":
            return _snoozed(sitting, value)
        case "pause":
            return _paused(sitting, value)
        case "hour":
            return _kept(sitting)
    return _weekends(sitting, value)


def typed(sitting: Sitting, text: str) -> str | None:
    """The button that typed words mean: so many days of pause, or the zone that is asked for."""
    days = pause_days(text, sitting.learner.language)
    if days is not None:
        return f"pause:{days}"
    asked = any(choice.id.startswith("zone:") for choice in sitting.learner.offered)
    zone = zone_named(text) if asked else None
    return None if zone is None else f"zone:{zone}"


def resumed(sitting: Sitting) -> Sitting:
    """The sitting without a pause: who goes on learning is reminded again."""
    if sitting.learner.rhythm.paused_until is None:
        return sitting
    return sitting.having(rhythm=replace(sitting.learner.rhythm, paused_until=None))


def _snoozed(sitting: Sitting, until: str) -> Turn:
    """In an hour (moved out of the quiet hours), or on the next working day at the usual time."""
    learner, voice = sitting.learner, sitting.voice
    when = timing.out_of_quiet(timing.after_an_hour(sitting.now), learner.timezone)
    if until != "hour":
        timed = replace(learner, remind_at=learner.remind_at or time.fromisoformat(SLOTS[0]))
        tomorrow = timing.tomorrow(sitting.now, learner.timezone)
        calendar = bundled(learner.calendar)
        when = reminding.next_working(timed, sitting.now, tomorrow, calendar) or when
    changed, here = sitting.having(due_at=when, snoozed=True), timing.local(when, learner.timezone)
    if here.date() == timing.local(sitting.now, learner.timezone).date():
        text = voice.say("reminder.snoozed_hour", time=f"{here:%H:%M}")
    else:
        day = f"{here:{DAY}}"
        text = voice.say("reminder.snoozed_tomorrow", time=f"{here:%H:%M}", day=day)
    return changed.says(text, facts=(Snoozed(when.isoformat()),))


def ask_pause(sitting: Sitting) -> Turn:
    """For how long the reminders shall pause."""
    voice = sitting.voice
    if sitting.learner.consent != "yes":
        return sitting.says(voice.say("reminder.needs_consent"))
    if sitting.learner.remind_at is None:
        return led(voice.say("pause.nothing"), ask_reminder(sitting))
    choices = (Choice(f"pause:{name}", voice.say(f"pause.{name}")) for name in (*PAUSES, "no"))
    return sitting.says(voice.say("pause.ask"), tuple(choices))


def _paused(sitting: Sitting, value: str) -> Turn:
    learner, voice = sitting.learner, sitting.voice
    if value == "no":
        return sitting.says(voice.say("pause.kept"))
    if value == "end":
        fact = SettingChanged("pause", "end")
        return resumed(sitting).says(voice.say("pause.over"), facts=(fact,))
    days = PAUSES.get(value) or (int(value) if value.isdecimal() else 0)
    if learner.remind_at is None or not 1 <= days <= LONGEST:
        return ask_pause(sitting)
    until = sitting.day + timedelta(days=days)
    changed = sitting.having(
        rhythm=replace(learner.rhythm, paused_until=until), due_at=None, snoozed=False
    )
    choices = (*sitting.menu("continue"), Choice("pause:end", voice.say("pause.end")))
    fact = SettingChanged("pause", until.isoformat())
    return changed.says(voice.say("pause.done", day=f"{until:{DAY}}"), choices, (fact,))


def pause_days(text: str, language: str) -> int | None:
    """The days of pause that a text asks for, and nothing else: "nghỉ 3 ngày"."""
    said = fold(text)
    asks = sorted((fold(each) for each in words(language, "pause.words")), key=len, reverse=True)
    begun = next((each for each in asks if said.startswith(f"{each} ")), None)
    if begun is None:
        return None
    idle = {fold(each) for each in words(language, "pause.idle_words")}
    rest = [each for each in said.removeprefix(begun).split() if each not in idle]
    match rest:
        case [number, unit]:
            many = _number(number, language)
        case [joined] if found := re.fullmatch(r"(\d+)([a-z]+)", joined):
            many, unit = int(found[1]), found[2]
        case _:
            return None
    for name, days in (("day", 1), ("week", 7), ("month", 30)):
        if many and unit in {fold(each) for each in words(language, f"pause.{name}_words")}:
            return min(many * days, LONGEST)
    return None


def _number(said: str, language: str) -> int:
    """A number up to 99, in words up to ten; 0 for what is none."""
    if said in {fold(each) for each in words(language, "pause.one_words")}:
        return 1
    spelt = [fold(each) for each in words(language, "pause.numbers")]
    if said in spelt:
        return spelt.index(said) + 1
    return int(said) if said.isdecimal() and len(said) <= 2 else 0


def _kept(sitting: Sitting) -> Turn:
    """The hour once chosen stays, whatever habit shows."""
    learner, voice = sitting.learner, sitting.voice
    if learner.remind_at is None:
        return ask_reminder(sitting)
    changed = sitting.having(rhythm=replace(learner.rhythm, hour="kept"))
    text = voice.say("reminder.kept", time=f"{learner.remind_at:%H:%M}")
    return changed.says(text, facts=(SettingChanged("hour", "keep"),))


def _weekends(sitting: Sitting, value: str) -> Turn:
    wanted = "yes" if value == "yes" else "no"
    changed = sitting.having(rhythm=replace(sitting.learner.rhythm, weekends=wanted == "yes"))
    fact = SettingChanged("weekends", wanted)
    return changed.says(sitting.voice.say(f"reminder.weekends_{wanted}"), facts=(fact,))


def ask_zone(sitting: Sitting) -> Turn:
    """Whose clock the reminders follow; any zone may be typed."""
    voice = sitting.voice
    choices = (Choice(f"zone:{zone}", voice.say(f"zone.{key}")) for zone, key in ZONES.items())
    return sitting.says(voice.say("zone.ask"), tuple(choices))


def _zone(sitting: Sitting, name: str) -> Turn:
    zone = zone_named(name)
    if zone is None:
        return led(sitting.voice.say("zone.unknown"), ask_zone(sitting))
    changed = sitting.having(timezone=zone)
    time_there = f"{timing.local(sitting.now, zone):%H:%M}"
    fact = SettingChanged("zone", zone[:40])
    return changed.says(sitting.voice.say("zone.done", time=time_there), facts=(fact,))


def zone_named(text: str) -> str | None:
    """The time zone that a text names: "Asia/Seoul", "america/new york", "UTC+9"."""
    said = text.strip()
    hours = re.fullmatch(r"(?:utc|gmt)\s*([+-])\s*(\d{1,2})(?::?00)?", said.casefold())
    if hours:  # in the names of zones the sign is turned: west is positive
        sign = "-" if hours[1] == "+" else "+"
        said = f"Etc/GMT{sign}{int(hours[2])}"
    elif not re.fullmatch(r"[A-Za-z]+(?:/[A-Za-z][\w+ -]*){1,2}", said):
        return None
    titled = "/".join(
        "_".join(each.capitalize() for each in re.split(r"[_ ]+", part)) for part in said.split("/")
    )
    return next((name for name in (said, titled) if _exists(name)), None)


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
