"""What was chosen from a menu: a setting, the second step of stopping or deleting, a lesson."""

from lessons.dialogue import ending, lesson, settings
from lessons.dialogue.places import show
from lessons.dialogue.turns import Sitting, Turn, led
from lessons.facts import SettingChanged
from lessons.learner import Resting
from lessons.texts import languages


def language(sitting: Sitting, what: str) -> str:
    named = what.removeprefix("lang:")
    return named if named in languages() else sitting.learner.language


def set_to(sitting: Sitting, setting: str, value: str) -> Turn:
    """A setting changed; then on exactly where the learner was."""
    if setting == "remind" and sitting.learner.consent != "yes":
        return settings.ask_reminder(sitting)
    match setting:
        case "lang":
            changed, text = settings.set_language(sitting, language(sitting, value))
        case "form":
            form = value if value in settings.FORMS else sitting.learner.form
            changed, text = settings.set_form(sitting, form)
        case _:
            changed, text = settings.set_reminder(sitting, value)
            if changed is sitting:
                return led(text, settings.ask_reminder(sitting))
    fact = SettingChanged(setting, value[:40])
    if setting == "remind" and not changed.learner.form_asked and changed.learner.remind_asked:
        return led(text, settings.ask_form(changed), (fact,))
    if isinstance(changed.learner.place, Resting):
        return changed.says(text, ending.rest_buttons(changed), (fact,))
    return led(text, show(changed), (fact,))


def confirmed(sitting: Sitting, what: str, value: str) -> Turn:
    """The second step of stopping or deleting; a button of long ago only asks again."""
    if all(choice.id != f"{what}:{value}" for choice in sitting.learner.offered):
        return settings.confirm(sitting, what)
    if value != "yes":
        return led(sitting.voice.say(f"{what}.kept"), show(sitting))
    return settings.erased(sitting) if what == "delete" else settings.stopped(sitting)


def chosen(sitting: Sitting, what: str, value: str) -> Turn:
    if what == "course":
        course = sitting.library.course(value)
        if course is not None:
            return lesson.list_lessons(sitting.having(course=course.id), course)
    at = sitting.library.lesson(value, sitting.version(value.partition("/")[0]))
    if at is None:
        return sitting.says(sitting.voice.say("lesson.unknown"), sitting.learner.offered)
    return lesson.begin(sitting, *at)
