"""People: what the users of a fake Telegram do, and what each of them sees."""

import re
from collections.abc import Sequence
from typing import Any

from bot.fake_telegram.chats import Chat, Message, Poll, Query, User, Wire
from bot.fake_telegram.keyboards import labels
from bot.fake_telegram.markup import as_html, units
from bot.fake_telegram.setup import member
from bot.fake_telegram.world import World

COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(@\w+)?")


class People:
    """Every action names its user by id; who was never heard of comes into being. An action that
    is not possible for a person, such as a tap on a button that is not there, is a ValueError."""

    def __init__(self, world: World) -> None:
        self._world = world

    def meet(self, user: int, name: str = "", language: str = "") -> User:
        """A person the bot cannot write to yet; or give a known one a name and a language."""
        found = self._world.user(user)
        found.name, found.language = name or found.name, language or found.language
        return found

    def crowd(self, first: int, last: int) -> int:
        """So many people who have all pressed Start, unheard; `last` is one of them."""
        for user in range(first, last + 1):
            self._world.user(user).started = True
        return last - first + 1

    def start(self, user: int, payload: str = "", language: str = "") -> Wire:
        """Press Start."""
        return self.say(user, f"/start {payload}".strip(), language=language)

    def say(
        self,
        user: int,
        text: str,
        chat: int | None = None,
        language: str = "",
        reply_to: int | None = None,
    ) -> Wire:
        """Type a message, in private or in a group; returns it as the bot is told.

        In a group the bot is told only what it may know: commands, mentions, answers to it, and
        everything when it leads the group."""
        body: Wire = {"text": text}
        if command := COMMAND.match(text):
            length = units(command[0])
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._write(user, body, chat, language, reply_to)

    def show(self, user: int, kind: str = "voice", chat: int | None = None) -> Wire:
        """Send something that is not text: a voice message, a photo or a sticker."""
        file = {"file_id": f"{kind}-of-{user}", "file_unique_id": f"{kind}{user}"}
        size = {"width": 512, "height": 512}
        looks = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👋"}
        bodies: dict[str, Any] = {
            "voice": {**file, "duration": 3},
            "photo": [{**file, **size}],
            "sticker": {**file, **size, **looks},
        }
        if kind not in bodies:
            raise ValueError(f"nobody can show a {kind}")
        return self._write(user, {kind: bodies[kind]}, chat)

    def tap(
        self, user: int, label: str = "", message_id: int | None = None, chat: int | None = None
    ) -> Query | None:
        """Tap the newest button of this label (or the first of the message). A quick reply is
        typed instead, and gives None."""
        person, place = self._place(user, chat)
        for message in reversed(self.visible(place, user)):
            if message_id is not None and message.id != message_id:
                continue
            for button in _buttons(message):
                if label in ("", button["text"]) and "callback_data" in button:
                    return self._tap(person, message, button["callback_data"])
        if message_id is None and any(label in row for row in place.keyboard):
            self.say(user, label, chat)
            return None
        raise ValueError(f"{person.name} sees no button {label!r}")

    def _tap(self, person: User, message: Message, data: str) -> Query:
        query = Query(str(4_000_000_000 + self._world.number("query")), person, self._world.now())
        self._world.queries[query.id] = query
        body = {
            "id": query.id,
            "from": person.wire(),
            "message": message.wire(self._world.now()),
            "chat_instance": str(message.chat.id * 7 + 1),
            "data": data,
        }
        self._world.tell("callback_query", body, message.chat.id)
        return query

    def tap_anew(self, user: int, message: Wire, data: str) -> Query:
        """Tap a button of a message as it once was, though it may be gone or changed by now."""
        person, place = self._place(user, message["chat"]["id"])
        old = Message(message["message_id"], place, self._world.bot, message["date"], {})
        old.body = {k: v for k, v in message.items() if k in ("text", "reply_markup")}
        return self._tap(person, old, data)

    def vote(self, user: int, poll_id: str, options: Sequence[int]) -> None:
        """Vote in a poll; no options: take the vote back."""
        poll, message = self._world.polls[poll_id]
        self._may_vote(poll, message, user, options)
        person = self._world.user(user)
        poll.votes[user] = list(options)
        now = self._world.now()
        self._world.tell("poll", poll.wire(now), message.chat.id)
        if not poll.anonymous:
            keys = poll.keys(list(options))
            answer = {"poll_id": poll_id, "user": person.wire(), "option_ids": list(options)}
            self._world.tell("poll_answer", {**answer, "option_persistent_ids": keys}, user)

    def _may_vote(self, poll: Poll, message: Message, user: int, options: Sequence[int]) -> None:
        if not message.chat.has(user):
            raise ValueError("only members of the chat can vote")
        if poll.is_closed(self._world.now()):
            raise ValueError("the poll is closed")
        if poll.votes.get(user) and not poll.revoting:
            raise ValueError("a vote in this poll is final")
        if not options and not poll.revoting:
            raise ValueError("a vote in this poll cannot be taken back")
        if len(options) > 1 and not poll.several:
            raise ValueError("only one option can be chosen")
        if any(not 0 <= n < len(poll.options) for n in options):
            raise ValueError("there is no such option")

    def react(self, user: int, message_id: int, sign: str, chat: int | None = None) -> None:
        """Put a sign on a message; an empty one takes it away."""
        person, place = self._place(user, chat)
        message = place.find(message_id)
        if message is None:
            raise ValueError("there is no such message")
        old = message.signs.pop(user, "")
        if sign:
            message.signs[user] = sign
        body = {
            "chat": place.wire,
            "message_id": message_id,
            "user": person.wire(),
            "date": int(self._world.now()),
            "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
            "new_reaction": [{"type": "emoji", "emoji": sign}] if sign else [],
        }
        if place.private or place.status(self._world.bot.id) == "administrator":
            self._world.tell("message_reaction", body, place.id)

    def stop(self, user: int) -> None:
        """Press stop below a draft."""
        _, place = self._place(user, None)
        draft = place.draft
        if draft is None or not draft.can_stop or draft.until <= self._world.now():
            raise ValueError("there is nothing to stop")
        draft.can_stop = False
        if not draft.keep:
            place.draft = None
        body = {"chat": place.wire, "draft_id": draft.id}
        self._world.tell("stopped_message_generation", body, place.id)

    def block(self, user: int) -> None:
        self._bar(user, barred=True)

    def unblock(self, user: int) -> None:
        self._bar(user, barred=False)

    def delete_account(self, user: int) -> None:
        self._world.user(user).gone = True

    def _bar(self, user: int, *, barred: bool) -> None:
        person, place = self._place(user, None)
        bot = self._world.bot.id
        before = member(self._world, place, bot)
        person.blocked, person.started = barred, True
        place.members[bot] = "kicked" if barred else "member"
        self.changed(place, person, "my_chat_member", before, bot)

    def changed(self, place: Chat, by: User, kind: str, before: Wire, user: int) -> None:
        """Tell that somebody's standing in a chat has changed."""
        body = {
            "chat": place.wire,
            "from": by.wire(),
            "date": int(self._world.now()),
            "old_chat_member": before,
            "new_chat_member": member(self._world, place, user),
        }
        self._world.tell(kind, body, place.id)

    def visible(self, place: Chat, user: int) -> list[Message]:
        """The messages of a chat that this person sees, oldest first."""
        return [m for m in place.messages if m.only is None or m.only.id == user]

    def sees(self, user: int, chat: int | None = None) -> list[Wire]:
        """A chat as this person sees it: the messages, each with `html`, `signs` and, if it was
        sent by the person, `own`."""
        _, place = self._place(user, chat)
        now = self._world.now()
        return [_shown(message, user, now) for message in self.visible(place, user)]

    def quick(self, user: int, chat: int | None = None) -> list[list[str]]:
        """The quick replies below the text box."""
        return self._place(user, chat)[1].keyboard

    def draft(self, user: int) -> Wire | None:
        """The draft in a private chat, while it lasts."""
        draft = self._place(user, None)[1].draft
        if draft is None or draft.until <= self._world.now():
            return None
        return {
            "text": draft.text,
            "html": as_html(draft.text, draft.entities),
            "can_stop": draft.can_stop,
        }

    def toast(self, user: int) -> str:
        """What the answer to the newest tap says, for a moment, over the chat."""
        queries = reversed(self._world.queries.values())
        return next((query.toast for query in queries if query.user.id == user), "")

    def _write(
        self,
        user: int,
        body: Wire,
        chat: int | None,
        language: str = "",
        reply_to: int | None = None,
    ) -> Wire:
        person, place = self._place(user, chat)
        person.language = language or person.language
        if place.private:
            if person.blocked:
                self.unblock(user)
            person.started = True
        answered = place.find(reply_to or 0)
        if answered is not None:
            body["reply_to_message"] = answered.wire(self._world.now())
        message = self._world.write(place, person, body)
        told = message.wire(self._world.now())
        if self._may_know(place, body, answered):
            self._world.tell("message", told, place.id)
        return told

    def _may_know(self, place: Chat, body: Wire, answered: Message | None) -> bool:
        bot = self._world.bot
        if place.private or place.status(bot.id) == "administrator":
            return True
        if not place.has(bot.id):
            return False
        text = body.get("text", "")
        to_us = answered is not None and answered.sender is bot
        return to_us or text.startswith("/") or f"@{bot.username}" in text

    def _place(self, user: int, chat: int | None) -> tuple[User, Chat]:
        """The person, and the chat the person is in. Raises ValueError."""
        person = self._world.user(user)
        if person.gone:
            raise ValueError(f"{person.name} is no longer here")
        if chat is None or chat == user:
            return person, self._world.private(person)
        place = self._world.chats.get(chat)
        if place is None or place.moved_to or not place.has(user):
            raise ValueError(f"{person.name} is not in that chat")
        return person, place


def _buttons(message: Message) -> list[Wire]:
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _shown(message: Message, user: int, now: float) -> Wire:
    body = message.body
    text = str(body.get("text") or body.get("caption") or "")
    entities = body.get("entities") or body.get("caption_entities") or []
    found = message.wire(now)
    found["html"] = as_html(text, entities)
    found["signs"] = list(message.signs.values())
    found["own"] = message.sender.id == user
    found["buttons"] = labels(body.get("reply_markup", {}).get("inline_keyboard", []))
    if message.poll is not None:
        found["vote"] = message.poll.votes.get(user, [])
    return found
