"""Between the domain and its rows, by hand: learners, cards, facts, lines."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lessons.facts import Answered, as_row
from lessons.learner import Learner, place_from, place_row, rhythm_from, rhythm_row
from lessons.memory import Card
from lessons.messages import Address, Choice, Heard, Media, Quiz, Said
from lessons.ports import Saving, Unavailable
from storage.lines import Line, Recorded

Values = dict[str, Any]
CARD = tuple(Card.__dataclass_fields__)
ANSWERED = tuple(Answered.__dataclass_fields__)
PLAIN = tuple(  # what a Said has beside its columns, and is written as it is
    name
    for name in Said.__dataclass_fields__
    if name not in ("text", "choices", "kind", "styles", "media", "quiz")
)
PLAIN_OF_QUIZ = tuple(
    name for name in Quiz.__dataclass_fields__ if name not in ("options", "right")
)
HEARD = tuple(name for name in Heard.__dataclass_fields__ if name not in ("address", "update"))
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
Found = Mapping[Any, Any]  # one row of a result, column to value


def learner_row(learner: Learner) -> Values:
    """All columns of a learner."""
    return {
        "id": learner.id,
        "version": learner.version,
        "language": learner.language,
        "timezone": learner.timezone,
        "consent": learner.consent,
        "form": learner.form,
        "form_asked": learner.form_asked,
        "course": learner.course,
        "begun": dict(learner.begun),
        "done": list(learner.done),
        "remind_at": learner.remind_at,
        "remind_asked": learner.remind_asked,
        "due_at": learner.due_at,
        "snoozed": learner.snoozed,
        "studied_on": learner.studied_on,
        "active_at": learner.active_at,
        "rhythm": rhythm_row(learner.rhythm),
        "calendar": learner.calendar,
        "exams": {course: f"{day}" for course, day in learner.exams.items()},
        "finished_on": {lesson: f"{day}" for lesson, day in learner.finished_on.items()},
        "pace": {kind: list(seconds) for kind, seconds in learner.pace.items()},
        "weights": learner.weights,
        "fit_on": learner.fit_on,
        "stamp": learner.stamp,
        "offered": choices_row(learner.offered),
        "place": place_row(learner.place),
        "before": None if learner.before is None else place_row(learner.before),
    }


def learner_from(row: Found) -> Learner:
    """The learner a row holds. Raises Unavailable when only a newer program understands it."""
    fields = {column: row[column] for column in Learner.__dataclass_fields__}
    try:
        fields["done"] = tuple(fields["done"])
        fields["offered"] = choices_from(fields["offered"])
        fields["place"] = place_from(fields["place"])
        fields["before"] = fields["before"] and place_from(fields["before"])
        fields["rhythm"] = rhythm_from(fields["rhythm"])
        for days in ("exams", "finished_on"):
            fields[days] = {each: date.fromisoformat(on) for each, on in fields[days].items()}
        fields["pace"] = {kind: tuple(known) for kind, known in fields["pace"].items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unavailable(
            f"learner {fields['id']} stands at a place this program does not know ({error}): "
            "the database was made by a newer HocVu"
        ) from error
    return Learner(**fields)


def choices_row(choices: Iterable[Choice]) -> list[dict[str, str]]:
    return [{"id": choice.id, "label": choice.label} for choice in choices]


def choices_from(rows: Iterable[Mapping[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(row["id"], row["label"]) for row in rows)


def card_rows(saving: Saving) -> list[Values]:
    return [
        {
            "learner_id": saving.learner.id,
            "item": item,
            **{column: getattr(card, column) for column in CARD},
        }
        for item, card in saving.cards.items()
        if card is not None
    ]


def card_from(row: Found) -> Card:
    return Card(**{column: row[column] for column in CARD})


def fact_rows(saving: Saving) -> tuple[list[Values], list[Values]]:
    """The facts of a saving as rows of `practice` (the answers) and of `fact` (all others).

    Each is numbered by the version the learner gets and its place in the saving, which is an
    order over both tables.
    """
    practice: list[Values] = []
    other: list[Values] = []
    for n, fact in enumerate(saving.facts):
        row: Values = {
            "learner_id": saving.learner.id,
            "turn": saving.learner.version + 1,
            "n": n,
            "at": saving.now,
        }
        if isinstance(fact, Answered):
            row.update((column, getattr(fact, column)) for column in ANSWERED)
            practice.append({**row, "answer": storable(fact.answer)})
        else:
            name, fields = as_row(fact)
            other.append({**row, "name": name, "fields": fields})
    return practice, other


def facts_from(practice: Sequence[Found], other: Sequence[Found]) -> list[Recorded]:
    """Both ledgers' rows as one list, oldest first: moment, name, fields."""
    found = [(row["turn"], row["n"], row["at"], row["name"], row["fields"]) for row in other]
    for row in practice:
        fields = {column: row[column] for column in ANSWERED}
        found.append((row["turn"], row["n"], row["at"], Answered.__name__, fields))
    found.sort(key=lambda one: one[:2])
    return [(at, name, fields) for _, _, at, name, fields in found]


def line_row(line: Line) -> Values:
    """All columns of a message but its number."""
    return {
        "learner_id": line.learner_id,
        "platform": line.address.platform,
        "chat": line.address.chat,
        "text": storable(line.said.text),
        "choices": choices_row(line.said.choices),
        "kind": line.kind,
        "status": line.status,
        "at": line.at,
        "key": line.key,
        "not_before": line.not_before,
        "owner": line.owner,
        "until": line.until,
        "sent_at": line.sent_at,
        "extra": extra_row(line.said),
        "parts": line.parts,
        "reference": line.reference,
        "broadcast": line.broadcast,
    }


def line_from(row: Found) -> Line:
    """A line as far as it can be shown."""
    kind, heard = row["kind"], row["status"] == "heard"
    said = Said(row["text"], choices_from(row["choices"]))
    return Line(
        learner_id="",
        address=Address(row["platform"], row["chat"]),
        said=said if heard else replace(said, kind=kind, **extra_from(row["extra"])),
        kind=kind,
        status=row["status"],
        at=row["at"],
        key=None,
        id=row["id"],
        parts=row["parts"],
    )


def extra_row(said: Said) -> Values:
    """What a message is beside its text, choices and kind; left out where there is nothing."""
    row = {name: value for name in PLAIN if (value := getattr(said, name))}
    if said.styles:
        row["styles"] = [list(style) for style in said.styles]
    if (media := said.media) is not None:
        row["media"] = {"kind": media.kind, "reference": media.reference, "words": media.words}
    if (quiz := said.quiz) is not None:
        options, right = list(quiz.options), list(quiz.right)
        row["quiz"] = {name: getattr(quiz, name) for name in PLAIN_OF_QUIZ}
        row["quiz"].update(options=options, right=right)
    return row


def extra_from(row: Mapping[str, Any]) -> Values:
    """The fields of a Said that a row of `extra_row` holds."""
    fields = {name: row[name] for name in PLAIN if name in row}
    if "styles" in row:
        fields["styles"] = tuple((style, phrase) for style, phrase in row["styles"])
    if "media" in row:
        fields["media"] = Media(**row["media"])
    if "quiz" in row:
        fields["quiz"] = quiz_from(row["quiz"])
    return fields


def quiz_from(row: Mapping[str, Any]) -> Quiz:
    return Quiz(**{**row, "options": tuple(row["options"]), "right": tuple(row["right"])})


def heard_row(heard: Heard) -> Values:
    """An update in the inbox beside its platform and its name there."""
    return {"chat": heard.address.chat, **{name: getattr(heard, name) for name in HEARD}}


def heard_from(row: Found) -> Heard:
    fields = dict(row["heard"])
    return Heard(Address(row["platform"], fields.pop("chat")), row["update"], **fields)


def storable(text: str) -> str:
    """Text without what databases refuse: NUL is left out, half a character becomes "?".

    Text is clean when it arrives (lessons/typed.py); this is for what came another way.
    """
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def to_json(value: object) -> str:
    """JSON that every database takes. Raises ValueError for NaN, TypeError for what JSON lacks."""
    if value in ([], {}):  # most messages have no more than their text
        return str(value)
    written = _JSON.encode(value)
    if r"\u0000" in written:
        written = _JSON.encode(_without_nul(value))
    return storable(written)


def _without_nul(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, Mapping):
        return {key: _without_nul(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nul(inner) for inner in value]
    return value
