"""What every store does with messages of many parts, and with those of groups."""

from dataclasses import replace

import pytest

from lessons.messages import Address, Media, Quiz, Said
from lessons.ports import Repeated, Saving, Store
from tests.stores_desk import BUTTONS, HOME, NOW, after, claimed, met, say, someone, taken, texts

QUIZ = Quiz("c6/l1/q2", 3, 17, "Đâu là AI?", ("Máy tính", "😀", "ChatGPT"), (2,), "Vì…")
RICH = Said(
    "Đúng! Xem hình.",
    BUTTONS,
    styles=(("head", "Đúng!"), ("quote", "hình")),
    media=Media("picture", "https://example.org/a.png", "Một con robot"),
    about="41",
    cheer="Đúng!",
    closing="Câu 1 ✓",
    instead=True,
    protected=True,
    only="17",
)


def quiz(item: str) -> Said:
    return Said(f"Câu hỏi {item}", quiz=replace(QUIZ, item=item))


class TestRichMessages:
    async def test_all_of_a_message_comes_back(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=(RICH,)))
        (sent,) = await taken(store)
        assert sent.said == RICH
        assert [one.said for one in await store.history(HOME, 0, 9)] == [RICH]

    @pytest.mark.parametrize("kind", ["reply", "reminder", "broadcast"])
    async def test_of_every_kind(self, store: Store, kind: str) -> None:
        said = replace(RICH, kind=kind)  # type: ignore[arg-type]
        await store.save(Saving(someone(), HOME, NOW, says=(said,)))
        assert [sent.said for sent in await taken(store)] == [said]

    async def test_a_message_that_only_changes_another_is_sent_and_not_told(
        self, store: Store
    ) -> None:
        said = Said("", about="41", closing="Câu 1 ✓")
        await store.save(Saving(someone(), HOME, NOW, says=(said,)))
        assert [sent.said for sent in await taken(store)] == [said]
        assert await store.history(HOME, 0, 9) == []


class TestParts:
    async def test_what_has_arrived_is_not_sent_again(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=(RICH,)))
        (sent,) = await taken(store)
        assert sent.parts == 0
        for parts in (0, 1, 2):
            assert await store.sending(sent.id, NOW, "one", parts)
        (again,) = await taken(store, after(1), owner="two")
        assert (again.id, again.parts) == (sent.id, 2)

    async def test_what_is_put_back_keeps_its_parts(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=(RICH,)))
        (sent,) = await taken(store)
        assert await store.sending(sent.id, NOW, "one", 1)
        await store.settle(sent.id, "queued", NOW)
        assert [one.parts for one in await taken(store)] == [1]

    async def test_only_the_owner_sends_on_and_only_within_the_lease(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=(RICH,)))
        (sent,) = await taken(store)
        assert not await store.sending(sent.id, NOW, "two", 1)
        assert await store.sending(sent.id, NOW, "one", 1)
        assert not await store.sending(sent.id, NOW, "two", 2)
        assert not await store.sending(sent.id, NOW, "", 2)
        assert not await store.sending(sent.id, NOW, "one", 0)
        assert not await store.sending(sent.id, after(1), "one", 2)
        await store.settle(sent.id, "sent", after(1))
        assert not await store.sending(sent.id, NOW, "one", 2)


class TestKinds:
    async def test_only_chats_where_such_a_kind_waits(self, store: Store) -> None:
        kinds = ("reply", "reminder", "broadcast")
        for kind in kinds:
            said = Said(kind, kind=kind)  # type: ignore[arg-type]
            await store.save(Saving(someone(kind), Address("web", kind), NOW, says=(said,)))
        behind = Address("web", "behind")
        both = (Said("first", kind="broadcast"), Said("then"))
        await store.save(Saving(someone("both"), behind, NOW, says=both))

        async def of(*kinds: str) -> list[str]:
            found = await store.claim("web", "one", NOW, after(1), 9, kinds)  # type: ignore[arg-type]
            return [sent.said.text for sent in found]

        assert await of() == []
        assert await of("reply") == ["reply", "first"]
        assert await of("reply") == []
        assert await of("broadcast", "reminder") == ["reminder", "broadcast"]

    async def test_a_chat_is_as_urgent_as_that_whose_time_has_come(self, store: Store) -> None:
        both = (Said("first", kind="broadcast"), Said("then"))
        learner = await store.save(Saving(someone(), HOME, NOW, says=both[1:]))
        (sent,) = await taken(store)
        await store.settle(sent.id, "queued", NOW, after(1))
        await say(store, learner, Said("more"))
        await store.save(Saving(someone("b"), Address("web", "b"), NOW, says=both[:1]))
        assert await claimed(store) == ["first"]
        assert await claimed(store, after(1)) == ["then", "first"]


class TestPosts:
    async def test_a_post_leaves_as_other_messages_do(self, store: Store) -> None:
        learner = await met(store)
        await store.post(HOME, quiz("q1"), NOW, "quiz:1")
        await say(store, learner, Said("later"))
        (sent,) = await taken(store)
        assert (sent.address, sent.said) == (HOME, quiz("q1"))
        await store.settle(sent.id, "sent", NOW)
        assert await claimed(store) == ["later"]
        assert texts(await store.history(HOME, 0, 9)) == ["Câu hỏi q1", "later"]

    async def test_a_key_is_used_once(self, store: Store) -> None:
        await store.post(HOME, quiz("q1"), NOW, "quiz:1")
        with pytest.raises(Repeated):
            await store.post(HOME, quiz("q2"), NOW, "quiz:1")
        assert await claimed(store) == ["Câu hỏi q1"]

    async def test_nobodys_messages_stay_when_somebody_is_forgotten(self, store: Store) -> None:
        await met(store)
        await store.post(HOME, quiz("q1"), NOW, "quiz:1")
        await store.forget("an")
        assert await claimed(store) == ["Câu hỏi q1"]


class TestQuizzes:
    async def sent(self, store: Store, said: Said, reference: str) -> int:
        await store.post(HOME, said, NOW, reference)
        (sent,) = await taken(store)
        await store.settle(sent.id, "sent", NOW, reference=reference)
        return sent.id

    async def test_a_quiz_is_found_by_the_name_it_was_sent_under(self, store: Store) -> None:
        await self.sent(store, Said("?", quiz=QUIZ), "poll1")
        await self.sent(store, quiz("q3"), "poll2")
        assert await store.quiz("web", "poll1") == (HOME, QUIZ)
        assert await store.quiz("web", "poll2") == (HOME, quiz("q3").quiz)
        assert await store.quiz("telegram", "poll1") is None
        assert await store.quiz("web", "poll3") is None

    async def test_what_is_no_quiz_is_none(self, store: Store) -> None:
        await self.sent(store, Said("hello"), "41")
        assert await store.quiz("web", "41") is None
        assert await store.quizzes(HOME, 9) == []

    async def test_the_items_of_a_chat_newest_first(self, store: Store) -> None:
        for item in ("a", "b", "c"):
            await self.sent(store, quiz(item), item)
            await self.sent(store, Said("between"), f"after {item}")
        await store.post(HOME, quiz("d"), NOW, "d")
        assert await store.quizzes(HOME, 9) == ["d", "c", "b", "a"]
        assert await store.quizzes(HOME, 2) == ["d", "c"]
        assert await store.quizzes(Address("web", "b"), 9) == []
        await store.moved(HOME, "new")
        new = Address("web", "new")
        assert await store.quizzes(new, 2) == ["d", "c"]
        assert await store.quiz("web", "c") == (new, quiz("c").quiz)

    async def test_what_never_arrived_may_be_put_again(self, store: Store) -> None:
        await store.post(HOME, quiz("a"), NOW, "a")
        (sent,) = await taken(store)
        await store.settle(sent.id, "failed", NOW)
        assert await store.quizzes(HOME, 9) == []


class TestHalts:
    async def test_a_halt_is_kept_for_its_platform(self, store: Store) -> None:
        assert await store.halted("web") is None
        await store.halt("web", after(5))
        assert await store.halted("web") == after(5)
        assert await store.halted("telegram") is None

    async def test_an_earlier_end_never_replaces_a_later(self, store: Store) -> None:
        await store.halt("web", after(5))
        await store.halt("web", after(3))
        assert await store.halted("web") == after(5)
        await store.halt("web", after(9))
        assert await store.halted("web") == after(9)
