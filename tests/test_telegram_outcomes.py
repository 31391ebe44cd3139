"""What becomes of a message when Telegram answers in one of its ways, or not at all."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.fake_telegram import Fault
from lessons.messages import Address, Choice, Said
from tests.telegram_desk import AN, BINH, Post, posting

REPLY, NEWS = "Câu trả lời", "Tin báo"
ANSWERED = Choice("a:1", "A")


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with posting() as found:
        yield found


# A fault, how often the reply arrives, how often the news does, and what is known of the news.
# What may have arrived is said again when it is a reply, and left to the operator when it is not.
OUTCOMES = [
    ("429", 1, 1, "sent"),
    ("403", 0, 0, "failed"),
    ("400", 0, 0, "failed"),
    ("500", 1, 0, "unknown"),
    ("drop_before", 1, 0, "unknown"),
    ("drop_after", 2, 1, "unknown"),
    ("timeout", 2, 1, "unknown"),
    ("garbage", 2, 1, "unknown"),
]


@pytest.mark.parametrize(("kind", "replies", "news", "known"), OUTCOMES)
async def test_an_answer_decides_what_becomes_of_a_message(
    post: Post, kind: str, replies: int, news: int, known: str
) -> None:
    await post.announce(NEWS)
    await post.put(REPLY)
    for text in (REPLY, NEWS):
        post.fake.faults.add(Fault(kind, contains=text, times=1, retry_after=20))  # type: ignore[arg-type]
    for _ in range(6):
        await post.delivered(after=10)
    assert post.arrived(AN) == [REPLY] * replies
    assert post.arrived(BINH) == [NEWS] * news
    tally = await post.tally(NEWS)
    assert (getattr(tally, known), tally.total) == (1, 1)


async def test_what_could_not_even_be_asked_is_never_in_doubt(post: Post) -> None:
    await post.announce(NEWS)
    await post.fake.stop()
    await post.delivered()
    assert 0 < post.mouth.closed_for() <= 5
    assert (await post.tally(NEWS)).queued == 1
    await post.put(REPLY)
    await post.fake.start()
    await post.delivered(after=10)
    assert (post.arrived(AN), post.arrived(BINH)) == ([REPLY], [NEWS])
    assert (await post.tally(NEWS)).sent == 1


@pytest.mark.parametrize("fault", [Fault("403"), Fault("400", text="Bad Request: chat not found")])
async def test_who_cannot_be_written_to_is_left_alone_with_all_that_waits(
    post: Post, fault: Fault
) -> None:
    post.fake.faults.add(fault)
    await post.put("một", "hai")
    await post.announce(NEWS, AN)
    for _ in range(3):
        await post.delivered(after=60)
    assert [call.method for call in post.fake.calls] == ["getMe", "sendMessage"]
    assert (await post.tally(NEWS)).failed == 1


async def test_a_group_that_became_a_supergroup_gets_its_message_there(post: Post) -> None:
    group = post.fake.groups.found("Lớp", [AN])
    here = Address("telegram", str(group))
    for text in ("một", "hai"):
        await post.house.store.post(here, Said(text), post.clock(), text)
    new = post.fake.groups.migrate(group)
    await post.delivered()
    said = [m["text"] for m in post.fake.people.sees(AN, new) if m.get("text")]
    assert said == ["một", "hai"]


async def test_markup_that_is_refused_is_sent_once_more_as_plain_text(post: Post) -> None:
    text = "Bad Request: can't parse entities: unsupported start tag"
    post.fake.faults.add(Fault("400", times=1, text=text))
    await post.put(Said("Câu 1/5", styles=(("head", "Câu 1/5"),)))
    await post.delivered()
    (shown,) = post.fake.people.sees(AN)
    assert (shown["text"], shown.get("entities")) == ("Câu 1/5", None)


async def asked(post: Post) -> str:
    """A question with a button was sent; its name."""
    await post.put(Said("Câu hỏi", (ANSWERED,)))
    await post.delivered()
    return str(post.fake.people.sees(AN)[-1]["message_id"])


async def test_a_change_that_was_made_already_is_made(post: Post) -> None:
    about = await asked(post)
    post.fake.faults.add(Fault("drop_after", method="editMessageText", times=1))
    await post.put(Said("Đúng", about=about, closing="Câu hỏi: A"))
    for _ in range(2):
        await post.delivered(after=10)
    assert post.arrived() == ["Câu hỏi: A", "Đúng"]


async def test_what_was_to_change_a_deleted_message_is_said_anew(post: Post) -> None:
    about = await asked(post)
    post.fake.world.chats[AN].messages.clear()
    await post.put(
        Said("Câu hỏi, bước 2", (ANSWERED,), about=about, closing="Bước 2", instead=True)
    )
    await post.put(Said("Đúng", about=about, closing="Câu hỏi: A"))
    await post.delivered()
    assert post.arrived() == ["Câu hỏi, bước 2", "Đúng"]


async def test_a_sign_that_cannot_be_put_is_left_out(post: Post) -> None:
    written = post.fake.people.say(AN, "ghép")
    post.fake.faults.add(Fault("400", method="setMessageReaction"))
    about = str(written["message_id"])
    await post.put(Said("Chính xác. Câu 2", about=about, cheer="Chính xác."))
    await post.delivered()
    assert post.arrived() == ["Câu 2"]


async def test_a_tap_that_is_answered_too_late_is_no_harm(post: Post) -> None:
    await asked(post)
    query = post.fake.people.tap(AN, "A")
    assert query is not None
    await post.mouth.answer(query.id)
    await post.mouth.answer(query.id)
    assert [(c.status, c.done) for c in post.fake.calls[-2:]] == [(200, True), (400, False)]


async def test_a_token_that_was_revoked_loses_nothing(post: Post) -> None:
    await post.put("một", "hai")
    post.fake.token = "123456:another"
    await post.delivered()
    post.fake.token = post.fake.world.token
    await post.delivered(after=30)
    assert post.arrived() == []
    await post.delivered(after=31)
    assert post.arrived() == ["một", "hai"]


async def test_a_message_that_is_always_refused_holds_up_nobody(post: Post) -> None:
    post.fake.faults.add(Fault("400", contains="độc"))
    await post.put("độc", "sau đó")
    await post.put("người khác", person=BINH)
    await post.delivered()
    assert post.arrived(AN) == ["sau đó"]
    assert post.arrived(BINH) == ["người khác"]


async def test_a_halt_holds_up_everybody_to_its_end_and_outlives_a_restart(post: Post) -> None:
    post.fake.faults.add(Fault("429", contains="một", times=1, retry_after=30))
    await post.put("một")
    await post.delivered()
    until = await post.house.store.halted("telegram")
    assert until is not None
    assert timedelta(seconds=29) < until - post.clock() <= timedelta(seconds=30)
    asked = len(post.fake.calls)
    await post.put("người khác", person=BINH)
    await post.delivered(after=19)
    assert len(post.fake.calls) == asked
    await post.delivered(after=12)
    assert (post.arrived(AN), post.arrived(BINH)) == (["một"], ["người khác"])
