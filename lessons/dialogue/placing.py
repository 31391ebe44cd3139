"""A placement test: offered, begun. Its questions are asked as others (asking.py, placed.py)."""

from lessons.dialogue import asking
from lessons.dialogue.places import show
from lessons.dialogue.turns import Sitting, Turn, lesson_place
from lessons.learner import Asked, Reading
from lessons.messages import Choice
from lessons.placement import bundled


def offer(sitting: Sitting) -> Turn:
    """What it is, before it begins; while one is under way, its question again."""
    voice, count = sitting.voice, len(_items(sitting))
    place = sitting.learner.place
    if isinstance(place, Asked) and place.placing is not None:
        return show(sitting)
    if not count:
        return sitting.says(voice.say("placement.nothing"), sitting.menu("continue", "courses"))
    minutes = int(bundled().longest.total_seconds()) // 60
    choices = tuple(
        Choice(f"placement:{id_}", voice.say(f"placement.{id_}")) for id_ in ("yes", "no")
    )
    text = voice.say(
        "placement.ask",
        questions=voice.count("questions", count),
        minutes=voice.count("minutes", minutes),
    )
    return sitting.says(text, choices)


def chosen(sitting: Sitting, value: str) -> Turn:
    """Begun, or not. A lesson under way is kept behind it; nothing of it can be taken back."""
    items = _items(sitting)
    if value != "yes" or not items:
        return show(sitting)
    under_way = lesson_place(sitting.learner.place)
    after = under_way if isinstance(under_way, Reading | Asked) else None
    now = sitting.now
    place = Asked("", 0, "", items, now, total=len(items), after=after, placing=now)
    return asking.ask(sitting.having(before=None), place)


def _items(sitting: Sitting) -> tuple[str, ...]:
    """The questions that the courses at hand have."""
    language, library = sitting.learner.language, sitting.library
    return tuple(
        item
        for item in bundled().order()
        if library.find(item, language, sitting.version(item.partition("/")[0]))
    )
