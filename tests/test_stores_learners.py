"""What every store knows of a learner: cards, facts, what is due; joining codes, and forgetting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lessons.facts import LessonBegun, LessonFinished
from lessons.messages import Address, Reach
from lessons.ports import Repeated, Saving, Stale, Standing, Store
from tests.stores_desk import (
    ALSO,
    CARD,
    HOME,
    NOW,
    after,
    answered,
    claimed,
    hears,
    met,
    says,
    someone,
)


class TestMemory:
    async def test_cards_come_back_and_change(self, store: Store) -> None:
        learner = await store.save(
            Saving(someone(), HOME, NOW, cards={"a": CARD, "b": replace(CARD, stability=1.25)})
        )
        assert await store.cards("an", ["b", "a", "c"]) == {
            "a": CARD,
            "b": replace(CARD, stability=1.25),
        }
        await store.save(Saving(learner, HOME, NOW, cards={"a": replace(CARD, reviews=4)}))
        assert (await store.cards("an", ["a"]))["a"].reviews == 4
        assert await store.cards("an", []) == {}
        assert await store.cards("nobody", ["a"]) == {}

    async def test_standing(self, store: Store) -> None:
        day = date(2026, 11, 25)
        dues = {"c6/l1/q10": 0, "c6/l1/q2": 0, "b": -3, "later": 5, "soon": 1}
        cards = {item: replace(CARD, due=day + timedelta(days=n)) for item, n in dues.items()}
        await store.save(Saving(someone(), HOME, NOW, cards=cards))
        found = await store.standing("an", day)
        assert found == Standing(3, 0, 5, day + timedelta(days=1))
        assert await store.standing("an", day + timedelta(days=9)) == Standing(5, 0, 5, None)
        assert await store.standing("an", CARD.last) == Standing(1, 5, 5, day)
        assert await store.standing("nobody", day) == Standing()
        assert await store.all_cards("an") == cards
        assert await store.agenda("an", day, day + timedelta(days=1)) == {
            item: cards[item].due for item in ("c6/l1/q10", "c6/l1/q2", "soon")
        }

    async def test_facts_come_in_their_order_from_both_ledgers(self, store: Store) -> None:
        begun, done = LessonBegun("c6", 1, "l1"), LessonFinished("c6", 1, "l1", 1, 1)
        learner = await store.save(Saving(someone(), HOME, NOW, facts=(begun, answered("a"))))
        await store.save(Saving(learner, HOME, NOW, facts=(answered("b"), done)))
        found = await store.facts("an")
        assert [name for _, name, _ in found] == [
            *("LessonBegun", "Answered", "Answered", "LessonFinished")
        ]
        assert found[0] == (NOW, "LessonBegun", {"course": "c6", "version": 1, "lesson": "l1"})
        assert found[2][2] == {
            **{"item": "b", "version": 1, "kind": "single", "answer": "B", "score": 1.0},
            **{"tries": 1, "grade": 3, "misconception": "", "seconds": 4.5},
            **{"day": "2026-11-23", "target": 0.875, "due": "2026-11-25", "anew": False},
        }

    async def test_due_are_those_whose_time_has_come(self, store: Store) -> None:
        for name, minutes in (("late", -5), ("later", -1), ("now", 0), ("soon", 1)):
            learner = someone(name, due_at=after(minutes))
            await store.save(Saving(learner, Address("web", name), NOW))
        await store.save(Saving(someone("never"), Address("web", "never"), NOW))
        found = await store.due(NOW, 10)
        assert [(learner.id, reach.address.chat) for learner, [reach] in found] == [
            *(("late", "late"), ("later", "later"), ("now", "now"))
        ]
        assert found[0][0] == await store.learner(Address("web", "late"))
        assert [learner.id for learner, _ in await store.due(NOW, 1)] == ["late"]

    async def test_due_names_the_addresses_last_active_first(self, store: Store) -> None:
        await store.save(Saving(someone(due_at=NOW), HOME, after(-9)))
        await store.issue_code("an", "code", after(5))
        learner = await store.redeem_code("code", ALSO, after(-5))
        [(_, reaches)] = await store.due(NOW, 5)
        assert reaches == [Reach(ALSO, after(-5)), Reach(HOME, after(-9))]
        assert learner is not None
        await store.save(Saving(learner, HOME, after(-1)))
        [(_, reaches)] = await store.due(NOW, 5)
        assert reaches == [Reach(HOME, after(-1)), Reach(ALSO, after(-5))]


class TestForgetting:
    async def test_everything_of_a_person_goes(self, store: Store) -> None:
        saving = Saving(
            *(someone(due_at=NOW), HOME, NOW, hears("1"), says("x")),
            *((answered(), LessonBegun("c6", 1, "l1")), {"a": CARD}),
        )
        await store.save(saving)
        await met(store, "binh", ALSO)
        await store.issue_code("an", "code", after(5))
        await store.forget("an")
        assert await store.learner(HOME) is None
        assert await store.facts("an") == []
        assert await store.cards("an", ["a"]) == {}
        assert await store.due(NOW, 5) == []
        assert await store.history(HOME, 0, 5) == []
        assert await claimed(store) == []
        assert await store.redeem_code("code", Address("web", "new"), NOW) is None
        assert await store.learner(ALSO) is not None

    async def test_what_was_heard_stays_known_as_heard(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, hears("1")))
        await store.forget("an")
        with pytest.raises(Repeated):
            await store.save(Saving(someone("new"), HOME, NOW, hears("1")))

    async def test_nobody_can_be_forgotten(self, store: Store) -> None:
        await store.forget("nobody")


class TestCodes:
    async def test_a_code_joins_once(self, store: Store) -> None:
        learner = await met(store)
        await store.issue_code("an", "code", after(10))
        assert await store.redeem_code("wrong", ALSO, NOW) is None
        assert await store.redeem_code("code", ALSO, NOW) == learner
        assert await store.learner(ALSO) == learner
        assert await store.redeem_code("code", Address("web", "new"), NOW) is None

    async def test_a_code_ends(self, store: Store) -> None:
        await met(store)
        await store.issue_code("an", "code", after(10))
        assert await store.redeem_code("code", ALSO, after(10)) is None
        assert await store.learner(ALSO) is None

    async def test_only_the_newest_code_counts(self, store: Store) -> None:
        await met(store)
        await store.issue_code("an", "old", after(10))
        await store.issue_code("an", "new", after(10))
        assert await store.redeem_code("old", ALSO, NOW) is None
        assert await store.redeem_code("new", ALSO, NOW) is not None

    async def test_a_code_of_nobody_joins_nothing(self, store: Store) -> None:
        await store.issue_code("nobody", "code", after(10))
        assert await store.redeem_code("code", ALSO, NOW) is None

    async def test_joining_an_own_address_changes_nothing(self, store: Store) -> None:
        learner = await met(store)
        await store.issue_code("an", "code", after(10))
        assert await store.redeem_code("code", HOME, NOW) == learner

    async def test_who_loses_the_only_address_is_forgotten(self, store: Store) -> None:
        await met(store)
        former = await store.save(Saving(someone("binh"), ALSO, NOW, facts=(answered(),)))
        await store.issue_code("an", "code", after(10))
        await store.redeem_code("code", ALSO, NOW)
        assert await store.facts("binh") == []
        with pytest.raises(Stale):
            await store.save(Saving(former, ALSO, NOW))

    async def test_who_keeps_another_address_lives_on_there(self, store: Store) -> None:
        await met(store)
        await met(store, "binh", ALSO)
        elsewhere = Address("web", "b")
        await store.issue_code("binh", "more", after(10))
        former = await store.redeem_code("more", elsewhere, NOW)
        assert former is not None
        await store.issue_code("an", "code", after(10))
        await store.redeem_code("code", ALSO, NOW)
        with pytest.raises(Stale):
            await store.save(Saving(former, ALSO, NOW))
        left = await store.learner(elsewhere)
        assert left is not None
        assert left.id == "binh"
        await store.save(Saving(left, elsewhere, NOW))
