"""A person wrote: load, decide, find out what the decision needs, decide again, save in one commit.

No transaction is open while something is found out; a learner saved meanwhile by somebody else
(another tab, a reminder) makes the save fail as Stale, and everything is decided anew.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from lessons import timing
from lessons.dialogue import (
    Sitting,
    Turn,
    Wants,
    WantsAnswer,
    WantsCode,
    WantsJoin,
    WantsReview,
    guarded,
    told,
    turn,
)
from lessons.findings import Answer, Code, Review, Standing
from lessons.guard import screened
from lessons.learner import Learner
from lessons.messages import Address, Heard, Reach, Said
from lessons.ports import Saving, Stale, Stopped, Store, Tutor, Unavailable
from lessons.reminding import Almanac, planned
from lessons.texts import Voice
from lessons.use_cases.bookshelf import Bookshelf
from lessons.use_cases.link import join
from lessons.use_cases.remember import Remember

TRIES = 5  # how often a turn is decided anew when others save first
CODE_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Converse:
    """The use case with what it needs. `new_id` and `new_code` are the chance it is given."""

    store: Store
    remember: Remember
    shelf: Bookshelf
    tutor: Tutor
    new_id: Callable[[], str]
    new_code: Callable[[], str]
    language: str = "vi"
    timezone: str = "Asia/Ho_Chi_Minh"
    calendar: str = ""
    almanac: Almanac = field(default_factory=Almanac)
    links: Callable[[str], tuple[str, ...]] = lambda _code: ()  # addresses that carry a code
    thinking: Callable[[Address], AbstractAsyncContextManager[None]] = lambda _at: nullcontext()

    async def __call__(self, heard: Heard, now: datetime) -> None:
        """Raises Repeated for an update handled before, Unavailable when nothing was saved."""
        for _ in range(TRIES):
            try:
                return await self._once(heard, now)
            except Stale:
                continue
        raise Unavailable("the learner was saved by somebody else five times in a row")

    async def _once(self, heard: Heard, now: datetime) -> None:
        learner = await self._learner(heard)
        library = self.shelf.library
        sitting = Sitting(learner, library, now, await self.remember.at_hand(learner))
        kept, done = self._decide(sitting, heard)
        while done.wants is not None:
            if await self._joined(done.wants, kept, now):
                return
            found = await self._find(done.learner, done.wants, heard.address, now)
            done = told(replace(sitting, learner=done.learner), done.wants, found)
        if done.forget:
            await self.store.forget(learner.id)
            stranger = Learner(
                self.new_id(), learner.language, learner.timezone, calendar=self.calendar
            )
            done = replace(done, learner=stranger)
        after, facts, cards = await self.remember.after(learner, done, library, now)
        says = _answering(heard, done.says)
        terms = self.almanac.terms(after, (Reach(heard.address, now),))
        after = planned(after, now, terms)
        saving = Saving(after, heard.address, now, kept, says, facts, cards)
        await self.store.save(saving)

    async def _joined(self, wants: Wants, heard: Heard, now: datetime) -> bool:
        """Whether the chat was to belong to another learner, and does now."""
        if not isinstance(wants, WantsJoin):
            return False
        return await join(self.store, wants.code, heard.address, now, heard)

    async def apologise(self, heard: Heard, now: datetime) -> None:
        """Say that something went wrong with this message; the learner's place stays as it was."""
        learner = await self._learner(heard)
        sorry = Said(Voice(learner.language, learner.form).say("error.sorry"), learner.offered)
        nothing = replace(heard, text="")
        await self.store.save(Saving(learner, heard.address, now, nothing, (sorry,)))

    async def _learner(self, heard: Heard) -> Learner:
        known = await self.store.learner(heard.address)
        return known or Learner(self.new_id(), self.language, self.timezone, calendar=self.calendar)

    def _decide(self, sitting: Sitting, heard: Heard) -> tuple[Heard, Turn]:
        """What is kept of the message, and the turn. A guarded message keeps only its kind."""
        kept = screened(heard)
        if kept.medium == "guarded":
            return replace(kept, text=f"guard: {kept.text}", medium="other"), guarded(sitting)
        return kept, turn(sitting, kept)

    async def _find(
        self, learner: Learner, wants: Wants, address: Address, now: datetime
    ) -> Review | Standing | Answer | Code | None:
        match wants:
            case WantsReview():
                return await self.remember.review(learner, now)
            case WantsAnswer(question=question, avoid=avoid):
                courses, language = self.shelf.library.newest(), learner.language
                try:
                    async with self.thinking(address):
                        return await self.tutor.answer(question, courses, language, avoid)
                except Stopped:
                    return Answer("stopped")
            case WantsCode():
                code = self.new_code()
                await self.store.issue_code(learner.id, code, now + CODE_LASTS)
                return Code(code, self.links(code))
            case WantsJoin():
                return None
            case _:
                day = timing.day(now, learner.timezone)
                return await self.store.standing(learner.id, day)


def _answering(heard: Heard, says: tuple[Said, ...]) -> tuple[Said, ...]:
    """The replies; the first one knows the message it answers, to change it or to put a sign on."""
    if not heard.message or not says:
        return says
    return (replace(says[0], about=heard.message), *says[1:])
