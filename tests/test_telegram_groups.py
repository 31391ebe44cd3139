"""Quizzes in groups: who runs the group puts one, the votes of those who agreed count, and what
is said about a mistake is for one pair of eyes."""

import asyncio
from pathlib import Path

from bot.fake_telegram import FakeTelegram
from bot.platforms.telegram import heard, read
from lessons.messages import Address
from tests.telegram_desk import AN, BINH, TOKEN, Scene, playing, until

CHI = 9  # never agreed to anything
GROUP = "Đoàn"


async def quiz(scene: Scene, group: int, by: int = AN, command: str = "/quiz c6/l1") -> dict:
    """A quiz put in the group, as its members see it."""
    before = scene.calls("sendPoll")
    scene.fake.people.say(by, command, group)
    await until(lambda: scene.calls("sendPoll") > before)
    return scene.fake.people.sees(AN, group)[-1]


def wrong_and_right(poll: dict) -> tuple[list[int], list[int]]:
    right = list(poll["correct_option_ids"])
    wrong = [place for place in range(len(poll["options"])) if place not in right]
    return wrong[:1], right


def of_the_bot(scene: Scene, person: int, group: int) -> list[dict]:
    """What the bot has said in the group, as far as this person sees it."""
    return [m for m in scene.fake.people.sees(person, group) if m["from"]["is_bot"]]


async def counted(scene: Scene, person: int) -> list[dict]:
    """The answers of a person, once there are some."""
    for _ in range(1000):
        if found := await answers(scene, person):
            return found
        await asyncio.sleep(0.01)
    raise AssertionError("no answer was counted")


async def answers(scene: Scene, person: int) -> list[dict]:
    learner = await scene.house.store.learner(Address("telegram", str(person)))
    if learner is None:
        return []
    facts = await scene.house.store.facts(learner.id)
    return [fields for _, name, fields in facts if name == "Answered"]


async def test_votes_count_for_those_who_agreed_and_for_nobody_else(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.agreed(AN)
        await scene.agreed(BINH)
        group = scene.fake.groups.found(GROUP, [AN, BINH, CHI], admins=[AN])
        poll = (await quiz(scene, group))["poll"]
        assert poll["type"] == "quiz"
        assert not poll["is_anonymous"]
        assert poll["explanation"]
        wrong, right = wrong_and_right(poll)
        for person, options in ((AN, right), (BINH, wrong), (CHI, wrong)):
            scene.fake.people.vote(person, poll["id"], options)
        (mine,), (theirs,) = await counted(scene, AN), await counted(scene, BINH)
        assert mine["score"] == 1
        assert theirs["score"] < 1
        assert theirs["misconception"]
        assert await answers(scene, CHI) == []
        _, private = await until(lambda: len(of_the_bot(scene, BINH, group)) > 1) and of_the_bot(
            scene, BINH, group
        )
        assert private["text"]
        assert len(of_the_bot(scene, AN, group)) == len(of_the_bot(scene, CHI, group)) == 1


async def test_votes_after_a_restart_count(tmp_path: Path) -> None:
    async with FakeTelegram(token=TOKEN) as fake:
        async with playing(tmp_path, fake) as scene:
            await scene.agreed(BINH)
            group = fake.groups.found(GROUP, [AN, BINH], admins=[AN])
            poll = (await quiz(scene, group))["poll"]
        _, right = wrong_and_right(poll)
        fake.people.vote(BINH, poll["id"], right)
        async with playing(tmp_path, fake) as scene:
            assert [each["score"] for each in await counted(scene, BINH)] == [1]


async def test_only_who_runs_the_group_puts_a_quiz(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        group = scene.fake.groups.found(GROUP, [AN, BINH], admins=[AN])
        scene.fake.people.say(BINH, "/quiz", group)
        await until(lambda: of_the_bot(scene, BINH, group))
        assert "/quiz" in of_the_bot(scene, BINH, group)[0]["text"]
        assert scene.calls("sendPoll") == 0
        assert of_the_bot(scene, AN, group) == []  # the answer was for one alone


async def test_a_group_is_not_asked_the_same_twice_before_all_were(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        group = scene.fake.groups.found(GROUP, [AN, BINH], admins=[AN])
        asked = [(await quiz(scene, group))["poll"]["question"] for _ in range(3)]
        assert len(set(asked)) == len(asked)


async def test_talk_in_a_group_is_nobodys_business(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        group = scene.fake.groups.found(GROUP, [AN, BINH], admins=[AN])
        scene.fake.people.say(AN, "Chào cả nhóm", group)
        await quiz(scene, group)
        assert await scene.house.store.learner(Address("telegram", str(group))) is None
        assert ["poll" in message for message in of_the_bot(scene, BINH, group)] == [True]


async def test_who_writes_in_the_groups_name_runs_it() -> None:
    update = {
        "update_id": 1,
        "message": {
            "message_id": 5,
            "date": 1795395600,
            "chat": {"id": -1001, "type": "supergroup", "title": GROUP},
            "sender_chat": {"id": -1001, "type": "supergroup", "title": GROUP},
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "text": "/quiz",
        },
    }
    asked = heard(read(update))
    assert asked is not None
    assert asked.sender == asked.address.chat
