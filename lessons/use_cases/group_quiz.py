"""A quiz in a group: who runs the group puts a question, and the members answer where the platform
shows it. Answers of those who agreed count for their memory; of the others nothing is kept."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lessons import memory
from lessons.chance import mixed, seed
from lessons.course import Marked, Question
from lessons.dialogue import Turn
from lessons.facts import Answered
from lessons.learner import Learner
from lessons.library import Found, item_of
from lessons.messages import Address, Heard, Quiz, Said
from lessons.ports import Repeated, Saving, Store
from lessons.reminding import heard as heard_from
from lessons.reminding import planned
from lessons.texts import Voice
from lessons.typed import LETTERS
from lessons.use_cases.bookshelf import Bookshelf
from lessons.use_cases.remember import Remember

COMMAND = re.compile(r"/quiz(?:@\w+)?(?:\s+(?P<of>\S+))?\s*", re.IGNORECASE)
REMEMBERED = 200  # quizzes of a group that are not put again before the others


@dataclass(frozen=True, slots=True)
class GroupQuiz:
    """`leads` says whether a person runs a group; until they are known, nobody does."""

    store: Store
    remember: Remember
    shelf: Bookshelf
    leads: Callable[[Address, str], Awaitable[bool]]
    language: str = "vi"

    async def __call__(self, heard: Heard, now: datetime) -> None:
        """A command in a group: a quiz, or a word to the one who asked."""
        asked = COMMAND.fullmatch(heard.text)
        said = await self._said(
            heard, "" if asked is None else asked["of"] or "", asked is not None
        )
        key = f"group:{heard.address.platform}:{heard.update}"
        await self.store.post(heard.address, said, now, key)

    async def _said(self, heard: Heard, of: str, asked: bool) -> Said:
        person = await self.store.learner(Address(heard.address.platform, heard.sender))
        language = person.language if person is not None else self.language
        voice = Voice(language, "none")
        as_group = heard.sender == heard.address.chat  # who may write as the group runs it
        only = "" if as_group else heard.sender
        if not asked or not (as_group or await self.leads(heard.address, heard.sender)):
            return Said(voice.say("quiz.how"), only=only)
        put = await self.store.quizzes(heard.address, REMEMBERED)
        found = self._next(language, of.strip("/").lower(), put)
        if found is None:
            return Said(voice.say("quiz.nothing"), only=only)
        number = seed(heard.address.chat, heard.update)
        text = found.question.show(number).text
        return Said(text, quiz=_quiz(found, number), protected=found.course.protected)

    def _next(self, language: str, of: str, put: Sequence[str]) -> Found | None:
        """The first question of this course or lesson ("c6", "c6/l2") that was not put here yet,
        else the one put longest ago."""
        known = {_item(found): found for found in self._questions(language, of)}
        fresh = [item for item in known if item not in put]
        again = [item for item in reversed(put) if item in known]
        chosen = (fresh or again or [""])[0]
        return known.get(chosen)

    def _questions(self, language: str, of: str) -> Iterator[Found]:
        for course in self.shelf.library.newest():
            for lesson in course.lessons:
                path = f"{course.id}/{lesson.id}"
                if of and of not in (course.id, path):
                    continue
                text = lesson.text(language)
                for question in text.questions:
                    if _is_choice(question):
                        yield Found(course, lesson, text, question)

    async def voted(self, heard: Heard, now: datetime) -> None:
        """A member chose: counted for those who agreed, and a word about the idea behind it for
        their eyes only. What is said of others' votes, the platform says."""
        reference, _, places = heard.text.partition(":")
        platform = heard.address.platform
        sent = await self.store.quiz(platform, reference)
        learner = await self.store.learner(heard.address)
        if sent is None or learner is None or learner.consent != "yes" or not places:
            return
        group, quiz = sent
        found = self.shelf.library.find(quiz.item, learner.language, quiz.version)
        if found is None:
            return
        letters = [LETTERS[int(place)] for place in places.split(",")]
        marked = found.question.hear(" ".join(letters), (), quiz.seed)
        if not isinstance(marked, Marked):
            return
        try:
            await self._remember(learner, heard, quiz, found.question, letters, marked, now)
            if marked.feedback:
                said = Said(marked.feedback, only=heard.address.chat)
                await self.store.post(group, said, now, f"vote:{platform}:{heard.update}:word")
        except Repeated:
            return

    async def _remember(
        self,
        learner: Learner,
        heard: Heard,
        quiz: Quiz,
        question: Question,
        letters: list[str],
        marked: Marked,
        now: datetime,
    ) -> None:
        grade = memory.grade(marked.score, first_try=True)
        fact = Answered(
            item=quiz.item,
            version=quiz.version,
            kind=question.block.kind,
            answer=" ".join(letters).casefold(),
            score=marked.score,
            tries=1,
            grade=int(grade),
            misconception=marked.misconception,
            seconds=0.0,
        )
        here = replace(heard_from(learner, now), active_at=now)
        done, library = Turn(here, facts=(fact,)), self.shelf.library
        learner, facts, cards = await self.remember.after(learner, done, library, now)
        slot = f"vote:{heard.address.platform}:{heard.text.partition(':')[0]}:{learner.id}"
        after = planned(learner, now)
        saving = Saving(after, heard.address, now, None, (), facts, cards, slot)
        await self.store.save(saving)


def _item(found: Found) -> str:
    return item_of(found.course.id, found.lesson.id, found.question.block.id)


def _is_choice(question: Question) -> bool:
    return not question.typed and len(question.block.options) >= 2


def _quiz(found: Found, number: int) -> Quiz:
    """The options in the order in which the question itself shows them."""
    block = found.question.block
    lettered = found.question.show(number).choices[0][1] == LETTERS[0]
    options = mixed(block.options, number) if lettered else block.options
    return Quiz(
        item=_item(found),
        version=found.course.version,
        seed=number,
        question=block.prompt,
        options=tuple(option.text for option in options),
        right=tuple(place for place, option in enumerate(options) if option.right),
        explanation=block.explanation,
    )
