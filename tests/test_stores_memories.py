"""What every store knows of memory: the log of answers, fitted parameters, who is to be fitted."""

from dataclasses import replace
from datetime import date, timedelta

from lessons.facts import LeechMet, Undone
from lessons.messages import Address
from lessons.ports import Fit, Logged, Saving, Store
from tests.stores_desk import CARD, HOME, NOW, answered, met, someone

DAY = date(2026, 11, 23)
FIT = Fit("FSRS-6", (0.25, 1.5), 700, 0.45, 0.44)


class TestLog:
    async def test_the_answers_in_their_order(self, store: Store) -> None:
        first, open_try = answered("a"), replace(answered("b"), grade=0)
        learner = await store.save(Saving(someone(), HOME, NOW, facts=(first, open_try)))
        await store.save(Saving(learner, HOME, NOW, facts=(replace(answered("a"), anew=True),)))
        due = date(2026, 11, 25)
        assert await store.log("an") == [
            Logged("a", DAY, 3, 1, "single", False, due),
            Logged("b", DAY, 0, 1, "single", False, due),
            Logged("a", DAY, 3, 1, "single", True, due),
        ]
        assert await store.log("nobody") == []

    async def test_an_answer_taken_back_is_out_of_the_log_and_stays_a_fact(
        self, store: Store
    ) -> None:
        learner = await store.save(
            Saving(someone(), HOME, NOW, facts=(answered("a"), answered("b")))
        )
        await store.save(Saving(learner, HOME, NOW, facts=(Undone("a"),)))
        assert [answer.item for answer in await store.log("an")] == ["b"]
        assert [name for _, name, _ in await store.facts("an")] == [
            *("Answered", "Answered", "Undone")
        ]

    async def test_without_a_day_written_down_it_is_that_of_the_moment(self, store: Store) -> None:
        old = replace(answered("a"), day="", due="", target=0.0)
        await store.save(Saving(someone(), HOME, NOW, facts=(old,)))
        assert await store.log("an") == [Logged("a", DAY, 3, 1, "single")]

    async def test_the_logs_of_everybody_come_in_pages(self, store: Store) -> None:
        for name in ("an", "binh", "chi"):
            saving = Saving(someone(name), Address("web", name), NOW, facts=(answered(name),))
            await store.save(saving)
        first = await store.logs("", 2)
        assert list(first) == ["an", "binh"]
        assert [answer.item for answer in first["binh"]] == ["binh"]
        assert list(await store.logs("binh", 2)) == ["chi"]
        assert await store.logs("chi", 2) == {}

    async def test_a_card_can_be_as_if_never_asked(self, store: Store) -> None:
        learner = await store.save(Saving(someone(), HOME, NOW, cards={"a": CARD, "b": CARD}))
        await store.save(Saving(learner, HOME, NOW, cards={"a": None, "never": None}))
        assert await store.all_cards("an") == {"b": CARD}


class TestFits:
    async def test_parameters_keep_their_number(self, store: Store) -> None:
        await met(store)
        everybody = await store.add_fit(FIT, NOW)
        own = await store.add_fit(replace(FIT, learner_id="an"), NOW)
        assert own > everybody > 0
        assert await store.fit(everybody) == replace(FIT, at=NOW)
        assert await store.fit(own) == replace(FIT, learner_id="an", at=NOW)
        assert await store.fit(own + 1) is None
        assert await store.newest_fit() == everybody

    async def test_parameters_of_a_person_go_with_the_person(self, store: Store) -> None:
        await met(store)
        own = await store.add_fit(replace(FIT, learner_id="an"), NOW)
        await store.forget("an")
        assert await store.fit(own) is None
        assert await store.newest_fit() == 0

    async def test_to_fit_are_those_whose_day_has_come(self, store: Store) -> None:
        for name, days in (("late", -3), ("now", 0), ("soon", 1)):
            learner = someone(name, fit_on=DAY + timedelta(days=days))
            await store.save(Saving(learner, Address("web", name), NOW))
        await store.save(Saving(someone("never"), Address("web", "never"), NOW))
        found = await store.to_fit(DAY, 9)
        assert [(learner.id, reach.address.chat) for learner, [reach] in found] == [
            *(("late", "late"), ("now", "now"))
        ]
        assert len(await store.to_fit(DAY, 1)) == 1


async def test_leeches_are_told_by_item_not_by_person(store: Store) -> None:
    for n, name in enumerate(("an", "binh")):
        hard = replace(CARD, lapses=8 + n)
        cards = {"c6/l1/q1": hard, "c6/l1/q2": replace(CARD, lapses=7)}
        saving = Saving(someone(name), Address("web", name), NOW, facts=(), cards=cards)
        await store.save(replace(saving, facts=(LeechMet("c6/l1/q1", 8),)))
    assert await store.leeches() == {"c6/l1/q1": 2}
