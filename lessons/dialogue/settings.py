"""What a learner may change at any moment without losing the place: language, form of address,
reminder time, stop; and what is kept: shown, erased, taken to another device."""

from dataclasses import replace
from typing import Literal

from lessons import timing
from lessons.dialogue.clock import clock_time
from lessons.dialogue.turns import Sitting, Turn, WantsCode, WantsProgress
from lessons.facts import SettingChanged
from lessons.findings import Code
from lessons.messages import Choice, Said
from lessons.texts import languages, say

SLOTS = ("07:15", "12:15", "20:00")  # offered reminder times
FORMS = ("anh", "chi", "dong_chi", "dai_bieu", "ong", "ba", "none")
DAY = "%d/%m/%Y"


def ask_language(sitting: Sitting) -> Turn:
    choices = (Choice(f"lang:{lang}", say(lang, "language.name")) for lang in languages())
    return sitting.says(sitting.voice.say("language.ask"), tuple(choices))


def set_language(sitting: Sitting, language: str) -> tuple[Sitting, str]:
    """The sitting in another language and the sentence that says so."""
    changed = sitting.having(language=language)
    return changed, changed.voice.say("language.changed")


def ask_form(sitting: Sitting) -> Turn:
    labels = ((form, sitting.voice.say(f"form_label.{form}")) for form in FORMS)
    choices = tuple(Choice(f"form:{form}", label) for form, label in labels if label)
    return sitting.says(sitting.voice.say("form_set.ask"), choices)


def set_form(sitting: Sitting, form: str) -> tuple[Sitting, str]:
    changed = sitting.having(form=form, form_asked=True)
    return changed, changed.voice.say("form_set.done")


def ask_reminder(sitting: Sitting) -> Turn:
    voice = sitting.voice
    if sitting.learner.consent != "yes":
        return sitting.says(voice.say("reminder.needs_consent"))
    none = Choice("remind:none", voice.say("reminder.none"))
    choices = (*(Choice(f"remind:{slot}", slot) for slot in SLOTS), none)
    if sitting.learner.remind_at is not None:
        choices += (_weekends(sitting), Choice("c:zone", voice.say("reminder.zone")))
    return sitting.says(f"{voice.say('reminder.ask')} {voice.say('reminder.own')}", choices)


def _weekends(sitting: Sitting) -> Choice:
    """The other way round than it is."""
    on = sitting.learner.rhythm.weekends
    label = sitting.voice.say("reminder.weekends_off" if on else "reminder.weekends_on")
    return Choice(f"weekends:{'no' if on else 'yes'}", label)


def set_reminder(sitting: Sitting, value: str) -> tuple[Sitting, str]:
    """The sitting with a reminder time ("07:15") or without ("none"), and the sentence for it. A
    choice ends a pause; one made later than the first is kept, whatever habit shows."""
    at = clock_time(value)
    if at is None:
        changed = sitting.having(remind_at=None, remind_asked=True, due_at=None, snoozed=False)
        return changed, changed.voice.say("reminder.unset")
    if timing.quiet_time(at):
        return sitting, sitting.voice.say("reminder.quiet")
    hour: Literal["chosen", "kept"] = "kept" if sitting.learner.remind_asked else "chosen"
    rhythm = replace(sitting.learner.rhythm, hour=hour, paused_until=None)
    changed = sitting.having(remind_at=at, remind_asked=True, snoozed=False, rhythm=rhythm)
    return changed, changed.voice.say("reminder.set", time=f"{at:%H:%M}")


def confirm(sitting: Sitting, what: str) -> Turn:
    """Ask once more before stopping or deleting."""
    voice = sitting.voice
    if what == "delete" and sitting.learner.consent != "yes":
        return sitting.says(voice.say("delete.nothing"))
    choices = (
        Choice(f"{what}:yes", voice.say(f"{what}.yes")),
        Choice(f"{what}:no", voice.say(f"{what}.no")),
    )
    return sitting.says(voice.say(f"{what}.ask"), choices)


def stopped(sitting: Sitting) -> Turn:
    changed = sitting.having(remind_at=None, remind_asked=True, due_at=None, snoozed=False)
    fact = SettingChanged("reminder", "stopped")
    return changed.says(sitting.voice.say("stop.done"), facts=(fact,))


def erased(sitting: Sitting) -> Turn:
    """Everything goes; the farewell is said to the address, not to a learner any more."""
    return replace(sitting.says(sitting.voice.say("delete.done")), forget=True)


def wants_data(sitting: Sitting) -> Turn:
    if sitting.learner.consent != "yes":
        return sitting.says(sitting.voice.say("data.nothing"))
    return Turn(sitting.learner, wants=WantsProgress(data=True))


def wants_code(sitting: Sitting) -> Turn:
    if sitting.learner.consent != "yes":
        return sitting.says(sitting.voice.say("link.needs_consent"))
    return Turn(sitting.learner, wants=WantsCode())


def code(sitting: Sitting, found: Code) -> Turn:
    """The one-time code, to be copied, and the links that carry it."""
    lines = [sitting.voice.say("link.code", code=found.code)]
    lines += [sitting.voice.say("link.address", link=link) for link in found.links]
    return Turn(sitting.learner, (Said("\n".join(lines), styles=(("code", found.code),)),))
