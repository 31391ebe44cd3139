"""What every store does, in the same words for all of them, and what the discreet one does more."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.course import Course
from lessons.facts import Answered, Fact, LessonBegun, LessonFinished
from lessons.learner import Arriving, Asked, Consenting, Learner, Place, Reading, Resting
from lessons.memory import Card
from lessons.messages import Address, Choice, Heard, Medium, Said, Sent
from lessons.ports import Repeated, Saving, Stale, Standing, Store
from storage.memory import MemoryStore
from storage.volatile import Discreet

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOME = Address("web", "a")
ALSO = Address("telegram", "17")
BUTTONS = (Choice("yes:1", "Đồng ý"), Choice("no:1", "Không"))
CARD = Card(2.5, 5.0, date(2026, 11, 25), date(2026, 11, 23), 3, 1)


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def someone(name: str = "an", **fields: object) -> Learner:
    return replace(Learner(name, consent="yes"), **fields)  # type: ignore[arg-type]


def hears(update: str, text: str = "chào", at: Address = HOME, medium: Medium = "text") -> Heard:
    return Heard(at, update, text, medium)


def says(*texts: str) -> tuple[Said, ...]:
    return tuple(Said(text) for text in texts)


def answered(item: str = "c6/l1/q1", answer: str = "B") -> Answered:
    return Answered(item, 1, "single", answer, 1.0, 1, 3, "", 4.5)


async def met(store: Store, name: str = "an", at: Address = HOME, now: datetime = NOW) -> Learner:
    return await store.save(Saving(someone(name), at, now))


async def say(store: Store, learner: Learner, *said: Said, at: Address = HOME) -> Learner:
    return await store.save(Saving(learner, at, NOW, says=said))


async def claimed(
    store: Store, now: datetime = NOW, platform: str = "web", owner: str = "one", limit: int = 10
) -> list[str]:
    return [sent.said.text for sent in await taken(store, now, platform, owner, limit)]


async def taken(
    store: Store, now: datetime = NOW, platform: str = "web", owner: str = "one", limit: int = 10
) -> Sequence[Sent]:
    """Claims for a minute."""
    return await store.claim(platform, owner, now, now + timedelta(minutes=1), limit)


def texts(chat: Sequence[Sent]) -> list[str]:
    return [("> " if sent.heard else "") + sent.said.text for sent in chat]


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
    reminded_on=st.none() | st.dates(),
    active_at=st.none() | moments,
    stamp=counts,
    offered=st.lists(choices, max_size=3).map(tuple),
    place=places,
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
        found = await store.standing("an", day, 2)
        assert found == Standing(("b", "c6/l1/q10"), 3, 5, day + timedelta(days=1))
        assert await store.standing("an", day + timedelta(days=9), 0) == Standing((), 5, 5, None)
        assert await store.standing("nobody", day, 2) == Standing((), 0, 0, None)

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
        }

    async def test_due_are_those_whose_time_has_come(self, store: Store) -> None:
        for name, minutes in (("late", -5), ("later", -1), ("now", 0), ("soon", 1)):
            learner = someone(name, due_at=after(minutes))
            await store.save(Saving(learner, Address("web", name), NOW))
        await store.save(Saving(someone("never"), Address("web", "never"), NOW))
        found = await store.due(NOW, 10)
        assert [(learner.id, address.chat) for learner, address in found] == [
            *(("late", "late"), ("later", "later"), ("now", "now"))
        ]
        assert found[0][0] == await store.learner(Address("web", "late"))
        assert [learner.id for learner, _ in await store.due(NOW, 1)] == ["late"]

    async def test_due_names_the_address_last_active(self, store: Store) -> None:
        await store.save(Saving(someone(due_at=NOW), HOME, after(-9)))
        await store.issue_code("an", "code", after(5))
        learner = await store.redeem_code("code", ALSO, after(-5))
        assert [address for _, address in await store.due(NOW, 5)] == [ALSO]
        assert learner is not None
        await store.save(Saving(learner, HOME, after(-1)))
        assert [address for _, address in await store.due(NOW, 5)] == [HOME]


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


class TestSending:
    async def test_a_message_comes_as_it_was_said(self, store: Store) -> None:
        said = Said("Kính chào.\n\n😀", BUTTONS)
        await store.save(Saving(someone(), HOME, NOW, says=(said,)))
        (sent,) = await taken(store)
        assert sent == Sent(sent.id, HOME, said, NOW)

    async def test_one_at_a_time_and_in_order_per_chat(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a1", "a2")))
        await store.save(Saving(someone("b"), Address("web", "b"), NOW, says=says("b1")))
        first, other = await taken(store)
        assert (first.said.text, other.said.text) == ("a1", "b1")
        assert await claimed(store) == []
        assert await store.sending(first.id, NOW)
        assert await claimed(store) == []
        await store.settle(first.id, "sent", NOW)
        assert await claimed(store) == ["a2"]

    async def test_each_platform_has_its_lane(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        assert await claimed(store, platform="telegram") == []

    async def test_no_more_than_asked_for(self, store: Store) -> None:
        for name in "abc":
            await store.save(Saving(someone(name), Address("web", name), NOW, says=says(name)))
        assert await claimed(store, limit=2) == ["a", "b"]
        assert await claimed(store, limit=2) == ["c"]

    async def test_replies_before_reminders_before_broadcasts(self, store: Store) -> None:
        async def tell(name: str, *said: Said) -> None:
            await store.save(Saving(someone(name), Address("web", name), NOW, says=said))

        await tell("a", Said("all", kind="broadcast"))
        await tell("b", Said("review", kind="reminder"))
        await tell("c", Said("all first", kind="broadcast"), Said("answer"))
        await tell("d", Said("reply"))
        assert await claimed(store, limit=2) == ["all first", "reply"]
        assert await claimed(store, limit=2) == ["review", "all"]

    async def test_the_chat_that_waits_longest_comes_first(self, store: Store) -> None:
        async def tell(name: str, *said: Said) -> None:
            await store.save(Saving(someone(name), Address("web", name), NOW, says=said))

        await tell("a", Said("all", kind="broadcast"), Said("day", kind="reminder"))
        await tell("b", Said("early", kind="reminder"), Said("late", kind="reminder"))
        await tell("c", Said("news", kind="broadcast"))
        assert await claimed(store, limit=1) == ["all"]
        assert await claimed(store, limit=1) == ["early"]
        assert await claimed(store) == ["news"]

    async def test_what_is_put_back_holds_its_chat(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a1", "a2")))
        (first,) = await taken(store)
        await store.settle(first.id, "queued", NOW, after(5))
        assert await claimed(store, after(4)) == []
        assert await claimed(store, after(5)) == ["a1"]

    @pytest.mark.parametrize("outcome", ["sent", "failed", "unknown"])
    async def test_what_is_settled_is_over(self, store: Store, outcome: str) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a1", "a2")))
        (first,) = await taken(store)
        await store.settle(first.id, outcome, NOW)  # type: ignore[arg-type]
        assert await claimed(store, after(60)) == ["a2"]

    async def test_an_unknown_one_can_be_sent_again_but_not_a_sent_one(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        (sent,) = await taken(store)
        await store.settle(sent.id, "unknown", NOW)
        await store.settle(sent.id, "queued", NOW)
        assert await claimed(store) == ["a"]
        await store.settle(sent.id, "sent", NOW)
        await store.settle(sent.id, "queued", NOW)
        assert await claimed(store, after(60)) == []

    async def test_a_lease_ends(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        (sent,) = await taken(store, owner="one")
        assert await claimed(store, after(0.9)) == []
        assert not await store.sending(sent.id, after(1), "one")
        assert await claimed(store, after(1), owner="two") == ["a"]
        assert not await store.sending(sent.id, after(1.5), "one")
        assert await store.sending(sent.id, after(1.5), "two")
        assert not await store.sending(sent.id, after(1.6), "two")

    async def test_nothing_of_nobody_can_be_sent(self, store: Store) -> None:
        assert not await store.sending(123456, NOW)
        await store.settle(123456, "sent", NOW)

    @pytest.mark.parametrize(
        ("kind", "again"), [("reply", ["it"]), ("reminder", []), ("broadcast", [])]
    )
    async def test_only_a_reply_is_sent_twice(
        self, store: Store, kind: str, again: list[str]
    ) -> None:
        said = Said("it", kind=kind)  # type: ignore[arg-type]
        learner = await store.save(Saving(someone(), HOME, NOW, says=(said,)))
        (sent,) = await taken(store)
        assert await store.sending(sent.id, NOW)
        assert await claimed(store, after(1)) == again
        for left in again:
            assert left == "it"
            await store.settle(sent.id, "sent", after(1))
        await say(store, learner, Said("next"))
        assert await claimed(store, after(2)) == ["next"]

    async def test_sixteen_senders_take_each_message_once(self, store: Store) -> None:
        for n in range(24):
            await store.save(
                Saving(someone(f"{n}"), Address("web", f"{n}"), NOW, says=says(f"{n}"))
            )
        found = await asyncio.gather(
            *(claimed(store, owner=f"{owner}", limit=3) for owner in range(16))
        )
        rest = await claimed(store, limit=100)
        everything = [text for batch in found for text in batch] + rest
        assert sorted(everything, key=int) == [f"{n}" for n in range(24)]


class TestHistory:
    async def test_heard_and_said_in_one_order(self, store: Store) -> None:
        saved = await store.save(Saving(someone(), HOME, NOW, hears("1", "một"), says("a", "b")))
        await store.save(Saving(saved, HOME, after(1), hears("2", "hai"), says("c")))
        chat = await store.history(HOME, 0, 10)
        assert texts(chat) == ["> một", "a", "b", "> hai", "c"]
        assert [sent.id for sent in chat] == sorted({sent.id for sent in chat})
        assert (chat[0].text, chat[1].text, chat[4].at) == ("một", "", after(1))

    async def test_from_a_message_on(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says(*"abcde")))
        newest = await store.history(HOME, 0, 2)
        assert texts(newest) == ["d", "e"]
        whole = await store.history(HOME, 0, 9)
        assert texts(await store.history(HOME, whole[0].id, 2)) == ["b", "c"]
        assert await store.history(HOME, whole[-1].id, 2) == []

    async def test_only_of_this_chat(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        assert await store.history(ALSO, 0, 9) == []

    async def test_what_became_of_a_message_leaves_it_in_the_history(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        (sent,) = await taken(store)
        assert not sent.sent
        await store.settle(sent.id, "sent", NOW)
        assert await store.history(HOME, 0, 9) == [replace(sent, sent=True)]

    async def test_the_newest_message_grows(self, store: Store) -> None:
        assert await store.newest() == 0
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        assert await store.newest() == (await store.history(HOME, 0, 1))[0].id

    async def test_a_voice_message_or_a_guarded_text_is_not_shown(self, store: Store) -> None:
        guarded = hears("1", "guard: secret", medium="other")
        await store.save(Saving(someone(), HOME, NOW, guarded, says("a")))
        assert texts(await store.history(HOME, 0, 9)) == ["a"]


class TestCourses:
    COURSE = Course("c6", 1, {"vi": "AI"}, (), files={"course.md": "# AI", "l1.md": "Bài 1 😀"})

    async def test_a_version_is_published_once(self, store: Store) -> None:
        assert await store.course_versions() == []
        assert await store.publish(self.COURSE, NOW)
        assert not await store.publish(self.COURSE, NOW)
        assert await store.publish(replace(self.COURSE, version=2, files={"x": "y"}), NOW)
        assert await store.course_versions() == [("c6", 1), ("c6", 2)]
        assert await store.course_files("c6", 1) == self.COURSE.files

    async def test_a_published_version_never_changes(self, store: Store) -> None:
        await store.publish(self.COURSE, NOW)
        with pytest.raises(ValueError, match="give this one version 2"):
            await store.publish(replace(self.COURSE, files={"course.md": "other"}), NOW)
        assert await store.course_files("c6", 1) == self.COURSE.files

    async def test_an_unknown_course_has_no_files(self, store: Store) -> None:
        with pytest.raises(KeyError):
            await store.course_files("c6", 9)


class TestHousehold:
    async def test_a_secret_stays(self, store: Store) -> None:
        assert await store.secret("web", "first") == "first"
        assert await store.secret("web", "second") == "first"
        assert await store.secret("other", "second") == "second"

    async def test_one_holds_a_lease(self, store: Store) -> None:
        assert await store.lease("serve", "one", NOW, after(1))
        assert not await store.lease("serve", "two", after(0.5), after(2))
        assert await store.lease("serve", "one", after(0.5), after(2))
        assert not await store.lease("serve", "two", after(1.5), after(3))
        assert await store.lease("serve", "two", after(2), after(3))
        assert await store.lease("other", "one", NOW, after(1))

    async def test_a_lease_is_given_back_by_its_owner(self, store: Store) -> None:
        await store.lease("serve", "one", NOW, after(1))
        await store.release("serve", "two")
        assert not await store.lease("serve", "two", NOW, after(1))
        await store.release("serve", "one")
        assert await store.lease("serve", "two", NOW, after(1))


MAYBE = Learner("an")  # has not agreed yet


class TestDiscretion:
    """Who has not agreed is remembered in memory only, for half an hour."""

    @pytest.fixture
    def durable(self) -> MemoryStore:
        return MemoryStore()

    @pytest.fixture
    def discreet(self, durable: MemoryStore) -> Discreet:
        return Discreet(durable, MemoryStore(-(2**52)))

    async def agree(self, store: Discreet, learner: Learner, now: datetime = NOW) -> Learner:
        agreed = replace(learner, consent="yes")
        return await store.save(Saving(agreed, HOME, now, hears("yes"), says("Cảm ơn")))

    async def test_a_stranger_leaves_no_trace(
        self, discreet: Discreet, durable: MemoryStore
    ) -> None:
        saving = Saving(
            *(replace(MAYBE, due_at=NOW), HOME, NOW, hears("1"), says("Kính chào")),
            *((answered(),), {"a": CARD}),
        )
        learner = await discreet.save(saving)
        assert await discreet.learner(HOME) == learner
        assert await discreet.cards("an", ["a"]) == {"a": CARD}
        assert (await discreet.standing("an", CARD.due, 5)).due == ("a",)
        assert await discreet.facts("an") == []
        assert await discreet.due(NOW, 5) == []
        assert await durable.learner(HOME) is None
        assert await durable.history(HOME, 0, 9) == []

    async def test_a_stranger_can_be_saved_again(self, discreet: Discreet) -> None:
        first = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1")))
        await discreet.save(Saving(replace(first, stamp=1), HOME, NOW, hears("2")))
        for late in (first, MAYBE):
            with pytest.raises(Stale):
                await discreet.save(Saving(late, HOME, NOW, hears("3")))
        with pytest.raises(Repeated):
            await discreet.save(Saving(first, HOME, NOW, hears("2")))

    async def test_words_go_when_they_were_dealt_with(self, discreet: Discreet) -> None:
        await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        assert texts(await discreet.history(HOME, 0, 9)) == ["a", "b"]
        (sent,) = await taken(discreet)
        assert await discreet.sending(sent.id, NOW, "one")
        await discreet.settle(sent.id, "queued", NOW, after(1))
        assert texts(await discreet.history(HOME, 0, 9)) == ["a", "b"]
        (sent,) = await taken(discreet, after(1))
        await discreet.settle(sent.id, "sent", after(1))
        assert texts(await discreet.history(HOME, 0, 9)) == ["b"]

    async def test_half_an_hour_of_silence_ends_it(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a")))
        await discreet.due(after(29), 1)
        assert await discreet.learner(HOME) == learner
        learner = await discreet.save(Saving(learner, HOME, after(29), hears("2")))
        await discreet.claim("telegram", "one", after(58), after(59), 1)
        assert await discreet.learner(HOME) == learner
        await discreet.claim("telegram", "one", after(59), after(60), 1)
        assert await discreet.learner(HOME) is None
        assert await discreet.history(HOME, 0, 9) == []
        assert await claimed(discreet, after(59)) == []

    async def test_a_clock_set_back_forgets_nobody_early(self, discreet: Discreet) -> None:
        await discreet.due(NOW, 1)
        learner = await discreet.save(Saving(MAYBE, HOME, after(-40), hears("1"), says("a")))
        assert await claimed(discreet, after(-39)) == ["a"]
        assert await discreet.learner(HOME) == learner
        await discreet.due(after(30), 1)
        assert await discreet.learner(HOME) is None

    async def test_who_was_forgotten_meanwhile_begins_anew(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1")))
        with pytest.raises(Stale):
            await discreet.save(Saving(learner, HOME, after(30), hears("2")))
        assert await discreet.learner(HOME) is None

    async def test_with_consent_a_learner_moves_in(
        self, discreet: Discreet, durable: MemoryStore
    ) -> None:
        saving = Saving(MAYBE, HOME, NOW, hears("1"), says("?"), (answered(),), {"a": CARD})
        learner = await discreet.save(saving)
        saved = await self.agree(discreet, learner)
        assert await discreet.learner(HOME) == saved == await durable.learner(HOME)
        assert await durable.cards("an", ["a"]) == {"a": CARD}
        assert await durable.facts("an") == []
        assert texts(await durable.history(HOME, 0, 9)) == ["> chào", "Cảm ơn"]
        await discreet.save(Saving(saved, HOME, after(60), facts=(answered(),)))
        assert len(await discreet.facts("an")) == 1

    async def test_what_was_decided_before_the_move_is_stale(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1")))
        saved = await self.agree(discreet, learner)
        for late in (learner, MAYBE, replace(learner, consent="yes")):
            with pytest.raises(Stale):
                await discreet.save(Saving(late, HOME, NOW, hears("3")))
        assert await discreet.learner(HOME) == saved

    async def test_what_was_heard_before_the_move_stays_heard(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1")))
        saved = await self.agree(discreet, learner)
        for update in ("1", "yes"):
            with pytest.raises(Repeated):
                await discreet.save(Saving(saved, HOME, NOW, hears(update)))

    async def test_what_was_said_before_the_move_arrives_first(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        await self.agree(discreet, learner)
        arrived = []
        while batch := await taken(discreet):
            for sent in batch:
                arrived.append(sent.said.text)
                await discreet.settle(sent.id, "sent", NOW)
        assert arrived == ["a", "b", "Cảm ơn"]

    async def test_a_page_reads_on_through_the_move(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        first, second = await discreet.history(HOME, 0, 9)
        saved = await self.agree(discreet, learner)
        assert texts(await discreet.history(HOME, first.id, 9)) == ["b", "> chào", "Cảm ơn"]
        whole = await discreet.history(HOME, 0, 9)
        assert texts(whole) == ["a", "b", "> chào", "Cảm ơn"]
        assert first.id < second.id < 0 < whole[-1].id
        assert texts(await discreet.history(HOME, 0, 1)) == ["Cảm ơn"]
        await discreet.forget(saved.id)
        assert await discreet.history(HOME, whole[-1].id, 9) == []
        await discreet.save(Saving(Learner("new"), HOME, NOW, hears("5"), says("Kính chào")))
        assert texts(await discreet.history(HOME, whole[-1].id, 9)) == ["Kính chào"]

    async def test_who_no_longer_agrees_is_forgotten(
        self, discreet: Discreet, durable: MemoryStore
    ) -> None:
        saved = await discreet.save(Saving(someone(), HOME, NOW, hears("1"), facts=(answered(),)))
        no = replace(saved, consent="no")
        kept = await discreet.save(Saving(no, HOME, NOW, hears("2"), says("Vâng")))
        assert await discreet.learner(HOME) == kept
        assert await durable.learner(HOME) is None
        assert await durable.facts("an") == []
        with pytest.raises(Stale):
            await discreet.save(Saving(no, HOME, NOW, hears("3")))

    async def test_a_stranger_cannot_link_but_can_be_joined(
        self, discreet: Discreet, durable: MemoryStore
    ) -> None:
        await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a")))
        await discreet.issue_code("an", "code", after(10))
        assert await discreet.redeem_code("code", ALSO, NOW) is None
        agreed = await met(discreet, "binh", ALSO)
        await discreet.issue_code("binh", "code", after(10))
        assert await discreet.redeem_code("code", HOME, NOW) == agreed
        assert await discreet.learner(HOME) == agreed == await durable.learner(HOME)
        assert await discreet.history(HOME, 0, 9) == []

    async def test_nothing_is_left_in_memory(self) -> None:
        volatile = MemoryStore(-(2**52))
        discreet = Discreet(MemoryStore(), volatile)
        before = {name: repr(value) for name, value in vars(volatile).items() if name != "_ids"}
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        await self.agree(discreet, learner)
        await discreet.save(Saving(Learner("b"), ALSO, NOW, hears("1", at=ALSO), says("a")))
        await discreet.due(after(60), 1)
        left = {name: repr(value) for name, value in vars(volatile).items() if name != "_ids"}
        assert left.pop("_open") == "{'web': {}, 'telegram': {}}"
        before.pop("_open")
        assert left == before
