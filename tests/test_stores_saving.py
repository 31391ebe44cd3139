"""What every store saves: all of a turn or nothing of it, once, and as it was."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.facts import Fact, LessonBegun
from lessons.learner import Arriving, Asked, Consenting, Learner, Place, Reading, Resting, Rhythm
from lessons.messages import Choice
from lessons.ports import Repeated, Saving, Stale, Store
from tests.stores_desk import ALSO, CARD, HOME, NOW, answered, hears, met, says, someone, texts


class TestSaving:
    async def test_nobody_is_known_at_first(self, store: Store) -> None:
        assert await store.learner(HOME) is None

    async def test_a_learner_comes_back_as_saved(self, store: Store) -> None:
        saved = await met(store)
        assert saved == someone(version=1)
        assert await store.learner(HOME) == saved
        again = await store.save(Saving(replace(saved, stamp=7, place=Resting()), HOME, NOW))
        assert await store.learner(HOME) == again == someone(version=2, stamp=7, place=Resting())

    async def test_who_saves_second_is_stale(self, store: Store) -> None:
        saved = await met(store)
        await store.save(Saving(replace(saved, stamp=1), HOME, NOW))
        with pytest.raises(Stale):
            await store.save(Saving(replace(saved, stamp=2), HOME, NOW, hears("2"), says("x")))
        assert (await store.learner(HOME) or saved).stamp == 1
        assert await store.history(HOME, 0, 10) == []

    async def test_a_second_newcomer_at_an_address_is_stale(self, store: Store) -> None:
        await met(store)
        for newcomer in (someone(), someone("binh")):
            with pytest.raises(Stale):
                await store.save(Saving(newcomer, HOME, NOW))

    async def test_an_erased_learner_is_stale(self, store: Store) -> None:
        saved = await met(store)
        await store.forget("an")
        with pytest.raises(Stale):
            await store.save(Saving(saved, HOME, NOW))

    async def test_an_update_is_handled_once(self, store: Store) -> None:
        saved = await store.save(Saving(someone(), HOME, NOW, hears("1"), says("a")))
        with pytest.raises(Repeated):
            await store.save(Saving(replace(saved, stamp=9), HOME, NOW, hears("1"), says("b")))
        assert await store.learner(HOME) == saved
        assert texts(await store.history(HOME, 0, 10)) == ["> chào", "a"]

    async def test_the_same_update_of_another_platform_is_another_one(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, hears("1")))
        await store.save(Saving(someone("b"), ALSO, NOW, hears("1", at=ALSO)))

    async def test_a_repeat_is_known_even_to_who_is_stale(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, hears("1")))
        with pytest.raises(Repeated):
            await store.save(Saving(someone(), HOME, NOW, hears("1")))

    @pytest.mark.parametrize("said", [("x",), ()])
    async def test_a_slot_is_used_once(self, store: Store, said: tuple[str, ...]) -> None:
        saved = await met(store)
        saved = await store.save(Saving(saved, HOME, NOW, says=says(*said), slot="due:an:1"))
        with pytest.raises(Repeated):
            await store.save(Saving(saved, HOME, NOW, says=says(*said), slot="due:an:1"))
        await store.save(Saving(saved, HOME, NOW, says=says(*said), slot="due:an:2"))

    async def test_a_failing_fact_leaves_nothing(self, store: Store) -> None:
        saved = await met(store)
        broken: list[Fact] = [answered(), LessonBegun("c6", 1, object())]  # type: ignore[arg-type]
        cards = {"c6/l1/q1": CARD}
        changed = replace(saved, stamp=5)
        with pytest.raises(Exception, match="JSON serializable"):
            await store.save(Saving(changed, HOME, NOW, hears("2"), says("x"), broken, cards))
        assert await store.learner(HOME) == saved
        assert await store.facts("an") == []
        assert await store.cards("an", ["c6/l1/q1"]) == {}
        assert await store.history(HOME, 0, 10) == []
        await store.save(Saving(changed, HOME, NOW, hears("2"), says("x"), cards=cards))

    async def test_text_no_database_takes_is_no_trouble(self, store: Store) -> None:
        odd = "a\0b\ud800c😀"
        place = Asked("c6", 1, "l1", ("q",), NOW, tried=(odd, r"\u0000"))
        learner = someone(place=place, offered=(Choice("x", odd),))
        fact = answered(answer=odd)
        await store.save(Saving(learner, HOME, NOW, hears("1", odd), says(odd), (fact,)))
        assert await store.learner(HOME) is not None
        assert len(await store.history(HOME, 0, 10)) == 2
        assert len(await store.facts("an")) == 1

    async def test_sixteen_at_once_lose_nothing(self, store: Store) -> None:
        await met(store)

        async def add_five() -> None:
            for _ in range(5):
                saved = False
                while not saved:
                    learner = await store.learner(HOME)
                    assert learner is not None
                    try:
                        await store.save(
                            Saving(replace(learner, stamp=learner.stamp + 1), HOME, NOW)
                        )
                        saved = True
                    except Stale:
                        continue

        await asyncio.gather(*(add_five() for _ in range(16)))
        learner = await store.learner(HOME)
        assert learner is not None
        assert learner.stamp == 80

    async def test_of_sixteen_repeats_one_is_saved(self, store: Store) -> None:
        learner = await met(store)
        saving = Saving(learner, HOME, NOW, hears("1"), says("x"))
        done = await asyncio.gather(
            *(store.save(saving) for _ in range(16)), return_exceptions=True
        )
        assert sum(isinstance(one, Learner) for one in done) == 1
        assert all(isinstance(one, Learner | Repeated | Stale) for one in done)
        assert texts(await store.history(HOME, 0, 10)) == ["> chào", "x"]


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
counts = st.integers(0, 2**31 - 1)
tuples = st.lists(words, max_size=3).map(tuple)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
choices = st.builds(Choice, words, words)


def asked(after: st.SearchStrategy[Place | None]) -> st.SearchStrategy[Place]:
    return st.builds(
        Asked,
        **{"course": words, "version": counts, "lesson": words, "asked_at": moments},
        **dict.fromkeys(("queue", "tried", "so_far", "missed", "right"), tuples),
        **dict.fromkeys(("tries", "total", "echo"), counts),
        after=after,
    )


simple: st.SearchStrategy[Place] = st.one_of(
    st.builds(Arriving),
    st.builds(Consenting),
    st.builds(Resting),
    st.builds(Reading, words, counts, words, counts),
)
places = st.recursive(simple, lambda inner: asked(st.none() | inner), max_leaves=3)
learners = st.builds(
    Learner,
    id=st.just("an"),
    language=words,
    timezone=words,
    consent=st.just("yes"),
    form=words,
    form_asked=st.booleans(),
    course=words,
    begun=st.dictionaries(words, counts, max_size=3),
    done=tuples,
    remind_at=st.none() | st.times(),
    remind_asked=st.booleans(),
    due_at=st.none() | moments,
    snoozed=st.booleans(),
    studied_on=st.none() | st.dates(),
    active_at=st.none() | moments,
    rhythm=st.builds(
        Rhythm,
        starts=st.lists(st.integers(0, 1439), max_size=14).map(tuple),
        sent=st.lists(moments, max_size=5).map(tuple),
        ignored=counts,
        paused_until=st.none() | st.dates(),
        hour=st.sampled_from(["chosen", "learned", "kept"]),
        weekends=st.booleans(),
    ),
    calendar=words,
    exams=st.dictionaries(words, st.dates(), max_size=2),
    pace=st.dictionaries(words, st.lists(st.floats(0, 300), max_size=3).map(tuple), max_size=2),
    weights=counts,
    fit_on=st.none() | st.dates(),
    stamp=counts,
    offered=st.lists(choices, max_size=3).map(tuple),
    place=places,
    before=st.none() | places,
)


class TestRoundTrip:
    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(learner=learners)
    async def test_any_learner_comes_back(self, store: Store, learner: Learner) -> None:
        await store.forget("an")
        saved = await store.save(Saving(learner, HOME, NOW))
        assert await store.learner(HOME) == saved == replace(learner, version=1)
