"""The fake Telegram refuses what the real one refuses, and what is surely a slip."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.fake_telegram_desk import AN, Desk, buttons, desk


@pytest.fixture
async def here() -> AsyncIterator[Desk]:
    async with desk() as found:
        yield found


@pytest.mark.parametrize(
    ("text", "plain", "entities"),
    [
        ("<b>Đậm</b> &amp; <i>nghiêng</i>", "Đậm & nghiêng", [("bold", 0, 3), ("italic", 6, 7)]),
        ("👍<u>a<s>b</s></u>", "👍ab", [("underline", 2, 2), ("strikethrough", 3, 1)]),
        ("  <code>x &lt; 1</code>\n", "x < 1", [("code", 0, 5)]),
        ("<pre><code class='language-py'>x</code></pre>", "x", [("pre", 0, 1)]),
        ("<blockquote expandable>Dài</blockquote>", "Dài", [("expandable_blockquote", 0, 3)]),
        ('<span class="tg-spoiler">Ẩn</span> &#272;', "Ẩn Đ", [("spoiler", 0, 2)]),
    ],
)
async def test_html_becomes_text_and_entities(
    here: Desk, text: str, plain: str, entities: list[tuple[str, int, int]]
) -> None:
    said = await here.say(text, parse_mode="HTML")
    found = [(e["type"], e["offset"], e["length"]) for e in said["entities"]]
    assert (said["text"], found) == (plain, entities)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("Đ<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag, expected "</i>", found "</b>" at byte offset 7'),
        ("x</b>", 'Unexpected end tag "b" at byte offset 1'),
        ("1 < 2", 'unescaped "<" at byte offset 2'),
        ("Đ & E", 'unescaped "&" at byte offset 3'),
        ("a&nbsp;b", 'unsupported entity "&nbsp;" at byte offset 1'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_bad_html_is_refused(here: Desk, text: str, reason: str) -> None:
    found = await here.refused("sendMessage", chat_id=AN, text=text, parse_mode="HTML")
    assert found == f"400 Bad Request: can't parse entities: {reason}"
    assert (await here.say(text))["text"] == text  # without parse_mode it is only text


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "x", "reply_makrup": {}}, "unknown field reply_makrup"),
        ({}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "👍" * 2049}, "message is too long"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 404}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "chat_id": "seven"}, "can't parse field chat_id"),
        ({"text": "x", "protect_content": "perhaps"}, "can't parse field protect_content"),
        ({"text": "x", "reply_markup": "{"}, "can't parse field reply_markup"),
        (
            {"text": "x", "link_preview_options": {"disabled": True}},
            "unknown field disabled of link_preview_options",
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity ends after the end of the text",
        ),
        (
            {"text": "x", "reply_parameters": {"message_id": 404}},
            "message to be replied not found",
        ),
        (
            {"text": "x", "ephemeral_message_parameters": {"receiver_user_id": AN}},
            "ephemeral messages can be sent in groups only",
        ),
    ],
)
async def test_a_message_is_looked_at_closely(
    here: Desk, given: dict[str, Any], reason: str
) -> None:
    assert (
        await here.refused("sendMessage", **{"chat_id": AN} | given) == f"400 Bad Request: {reason}"
    )


async def test_the_longest_message_is_taken(here: Desk) -> None:
    assert len((await here.say("<b>" + "x" * 4096 + "</b>", parse_mode="HTML"))["text"]) == 4096
    await here.done("sendPhoto", chat_id=AN, photo="f", caption="x" * 1024)
    found = await here.refused("sendPhoto", chat_id=AN, photo="f", caption="x" * 1025)
    assert found == "400 Bad Request: message caption is too long"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (buttons([("Có", "ậ" * 22)]), "BUTTON_DATA_INVALID"),
        (buttons([("Có", "")]), "BUTTON_DATA_INVALID"),
        (buttons([(" ", "c")]), "BUTTON_TEXT_INVALID"),
        (buttons([("x", "x")] * 9), "reply_markup has more than 8 buttons in a row"),
        (buttons(*[[("x", "x")]] * 101), "REPLY_MARKUP_TOO_LONG"),
        (buttons(*[[("x" * 60, "x" * 60)]] * 90), "REPLY_MARKUP_TOO_LONG"),
        ({"inline_keyboard": [[{"text": "x", "url": "javascript:1"}]]}, "BUTTON_URL_INVALID"),
        (
            {"inline_keyboard": [[{"text": "x"}]]},
            "can't parse inline keyboard button: exactly one action is expected",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "data": "x"}]]},
            "unknown field data of an inline keyboard button",
        ),
        ({"keyboard": [[""]]}, "can't parse keyboard button: text is empty"),
        (
            {"keyboard": ["x"]},
            "can't parse reply_markup: an array of arrays of buttons is expected",
        ),
        ({"keybord": []}, "unknown field keybord of reply_markup"),
    ],
)
async def test_a_keyboard_is_looked_at_closely(here: Desk, markup: object, reason: str) -> None:
    found = await here.refused("sendMessage", chat_id=AN, text="x", reply_markup=markup)
    assert found == f"400 Bad Request: {reason}"


async def test_64_bytes_and_100_buttons_are_taken(here: Desk) -> None:
    await here.say(reply_markup=buttons(*[[("x", "a" * 4)] * 8] * 12, [("x", "ậ" * 21 + "a")] * 4))


async def test_an_edit_must_change_a_message_of_our_own(here: Desk) -> None:
    said = await here.say("<b>Một</b>", parse_mode="HTML", reply_markup=buttons([("Có", "c")]))
    edit = {"chat_id": AN, "message_id": said["message_id"], "text": "Một"}
    bold = {"parse_mode": "HTML", "text": "<b>Một</b>"}
    same = await here.refused("editMessageText", **edit | bold, reply_markup=buttons([("Có", "c")]))
    assert same.startswith(
        "400 Bad Request: message is not modified: specified new message content"
    )
    assert "reply_markup" not in await here.done("editMessageText", **edit | bold)
    gone = await here.refused("editMessageText", **edit | {"message_id": 404})
    assert gone == "400 Bad Request: message to edit not found"
    theirs = here.fake.people.say(AN, "Hai")["message_id"]
    foreign = await here.refused("editMessageText", **edit | {"message_id": theirs})
    assert foreign == "400 Bad Request: message can't be edited"
    place = {"chat_id": AN, "message_id": said["message_id"]}
    again = await here.refused("editMessageReplyMarkup", **place)
    assert again.startswith("400 Bad Request: message is not modified")
    await here.done("editMessageReplyMarkup", **place, reply_markup=buttons([("Ừ", "u")]))
    assert await here.done("deleteMessage", **place)
    missing = await here.refused("deleteMessage", **place)
    assert missing == "400 Bad Request: message to delete not found"


async def test_a_tap_is_answered_once_and_within_15_seconds(here: Desk) -> None:
    await here.say(reply_markup=buttons([("Có", "c")]))
    old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    first, second = (here.fake.people.tap(AN, "Có") for _ in range(2))
    assert first is not None
    assert second is not None
    long = await here.refused("answerCallbackQuery", callback_query_id=first.id, text="x" * 201)
    assert long == "400 Bad Request: MESSAGE_TOO_LONG"
    assert await here.done("answerCallbackQuery", callback_query_id=first.id)
    assert await here.refused("answerCallbackQuery", callback_query_id=first.id) == old
    assert await here.refused("answerCallbackQuery", callback_query_id="404") == old
    here.clock.pass_by(15.1)
    assert await here.refused("answerCallbackQuery", callback_query_id=second.id) == old


async def test_a_reaction_is_one_known_sign_on_a_message_that_is_there(here: Desk) -> None:
    place = {"chat_id": AN, "message_id": here.fake.people.say(AN, "B")["message_id"]}
    thumb, cat = ({"type": "emoji", "emoji": sign} for sign in "👍🐈")
    assert await here.done("setMessageReaction", **place, reaction=[thumb])
    strange = await here.refused("setMessageReaction", **place, reaction=[cat])
    assert strange == "400 Bad Request: REACTION_INVALID"
    many = await here.refused("setMessageReaction", **place, reaction=[thumb, thumb])
    assert many == "400 Bad Request: REACTIONS_TOO_MANY"
    nowhere = {"chat_id": AN, "message_id": 404, "reaction": [thumb]}
    missing = await here.refused("setMessageReaction", **nowhere)
    assert missing == "400 Bad Request: message to react not found"


@pytest.mark.parametrize(
    ("method", "given", "reason"),
    [
        ("sendMessageDraft", {"draft_id": 0}, "draft_id must be non-zero"),
        ("sendChatAction", {"action": "singing"}, "wrong parameter action in request"),
        ("sendPhoto", {"photo": "ftp://x"}, "wrong file identifier/HTTP URL specified"),
        ("sendVoice", {}, "voice is empty"),
    ],
)
async def test_other_calls_are_looked_at_too(
    here: Desk, method: str, given: dict[str, Any], reason: str
) -> None:
    assert await here.refused(method, chat_id=AN, **given) == f"400 Bad Request: {reason}"


async def test_drafts_are_for_private_chats(here: Desk) -> None:
    group = here.fake.groups.found("Lớp", [AN])
    found = await here.refused("sendMessageDraft", chat_id=group, draft_id=1, text="x")
    assert found == "400 Bad Request: drafts can be sent in private chats only"


async def test_commands_are_kept_by_scope_and_language(here: Desk) -> None:
    help_ = {"command": "help", "description": "Trợ giúp"}
    private = {"type": "all_private_chats"}
    assert await here.done("setMyCommands", commands=[help_], scope=private, language_code="vi")
    assert await here.done("getMyCommands") == []
    assert await here.done("getMyCommands", scope=private, language_code="vi") == [help_]
    assert await here.done("deleteMyCommands", scope=private, language_code="vi")
    assert await here.done("getMyCommands", scope=private, language_code="vi") == []
    for command, reason in [
        ({**help_, "command": "Help"}, "BOT_COMMAND_INVALID"),
        ({**help_, "command": "x" * 33}, "BOT_COMMAND_INVALID"),
        ({**help_, "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ]:
        found = await here.refused("setMyCommands", commands=[command])
        assert found == f"400 Bad Request: {reason}"
    scope = await here.refused("setMyCommands", commands=[], scope={"type": "chat"})
    assert scope == "400 Bad Request: can't parse BotCommandScope"
    assert await here.done("setMyDescription", description="Học mỗi ngày", language_code="vi")
    assert await here.done("setMyShortDescription", short_description="Học")


async def test_unknown_methods_and_tokens_are_no_use(here: Desk) -> None:
    assert await here.refused("sendLove", chat_id=AN) == "404 Not Found"
    url = f"{here.fake.url}/bot123456:wrong/getMe"
    async with here.client.get(url) as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == "Unauthorized"
    url = f"{here.fake.url}/bot{here.fake.token}/getMe"
    as_json = {"Content-Type": "application/json"}
    async with here.client.post(url, data=b"{", headers=as_json) as answer:
        assert (await answer.json())["description"] == "Bad Request: can't parse JSON object"


async def test_the_bot_cannot_write_where_it_is_not_wanted(here: Desk) -> None:
    people, groups = here.fake.people, here.fake.groups
    people.meet(8)
    say = {"text": "x", "chat_id": 8}
    never = await here.refused("sendMessage", **say)
    assert never == "403 Forbidden: bot can't initiate conversation with a user"
    people.start(8)
    await here.done("sendMessage", **say)
    people.block(8)
    assert await here.refused("sendMessage", **say) == "403 Forbidden: bot was blocked by the user"
    people.unblock(8)
    await here.done("sendMessage", **say)
    people.delete_account(8)
    assert await here.refused("sendMessage", **say) == "403 Forbidden: user is deactivated"
    kinds = [next(iter(told.values())) for told in await here.news() if "my_chat_member" in told]
    assert [told["new_chat_member"]["status"] for told in kinds] == ["kicked", "member"]

    group = groups.found("Lớp", [AN, 9])
    groups.kick_bot(group, 9)
    kicked = await here.refused("sendMessage", text="x", chat_id=group)
    assert kicked == "403 Forbidden: bot was kicked from the group chat"


async def test_a_group_that_has_moved_says_where(here: Desk) -> None:
    group = here.fake.groups.found("Lớp", [AN])
    await here.news()
    moved = here.fake.groups.migrate(group)
    first, second = [told["message"] for told in await here.news()]
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (group, moved)
    assert (second["chat"]["id"], second["migrate_from_chat_id"]) == (moved, group)
    found = await here.call("sendMessage", chat_id=group, text="x")
    assert found["error_code"] == 400
    assert found["parameters"] == {"migrate_to_chat_id": moved}
    await here.done("sendMessage", chat_id=moved, text="x")
