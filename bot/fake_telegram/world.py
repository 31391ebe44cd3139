"""World: everything a fake Telegram holds for one bot. Pure; the time comes from its clock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.fake_telegram.chats import Chat, Message, Poll, Query, User, Wire
from bot.fake_telegram.errors import bad, forbidden
from bot.fake_telegram.flood import Flood

_KINDS = (
    "message edited_message channel_post edited_channel_post business_connection "
    "business_message edited_business_message deleted_business_messages guest_message "
    "message_reaction message_reaction_count inline_query chosen_inline_result "
    "callback_query shipping_query pre_checkout_query purchased_paid_media poll "
    "poll_answer my_chat_member chat_member chat_join_request chat_boost "
    "removed_chat_boost managed_bot subscription stopped_message_generation"
)
UPDATES = frozenset(_KINDS.split())
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_UPDATE = 700_000_001


@dataclass(slots=True, eq=False)
class Call:
    """A call that arrived: `at` in seconds of the epoch, `status` is the HTTP status answered, 0
    for none; `done` when it had its effect; `peer` is the port it came from."""

    method: str
    params: Wire
    at: float
    peer: int
    status: int = 0
    done: bool = False


@dataclass(slots=True, eq=False)
class Update:
    """Something for the bot to know: `number` is its own even where it is a second copy; updates
    of one `chat` keep their order; `body` goes over the wire."""

    number: int
    chat: int
    body: Wire

    @property
    def id(self) -> int:
        found: int = self.body["update_id"]
        return found


@dataclass(slots=True, eq=False)
class Webhook:
    url: str
    secret: str = ""
    at_once: int = 40
    error: str = ""
    error_at: int = 0


class World:
    """People, chats, messages, polls, what the bot has set up, and what waits to be told to it.

    With `keep` false no message is kept, for measuring. `told` is called after each new update,
    `copies` says how often an update is delivered.
    """

    def __init__(
        self, token: str, clock: Callable[[], datetime], *, limits: bool, keep: bool
    ) -> None:
        self.token = token
        self.clock = clock
        self.keep = keep
        self.bot = User(int(token.split(":")[0]), "HocVu", username="hocvu_bot", is_bot=True)
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.polls: dict[str, tuple[Poll, Message]] = {}
        self.queries: dict[str, Query] = {}
        self.updates: dict[int, Update] = {}  # in the order they were made
        self.calls: list[Call] = []
        self.commands: dict[tuple[str, str], list[Wire]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.webhook: Webhook | None = None
        self.allowed: frozenset[str] = UPDATES - ON_REQUEST
        self.flood = Flood() if limits else None
        self.told: Callable[[Update], None] = lambda _: None
        self.copies: Callable[[], int] = lambda: 1
        self._numbers = {"message": 0, "ephemeral": 0, "update": FIRST_UPDATE - 1, "delivery": 0}

    def now(self) -> float:
        return self.clock().timestamp()

    def number(self, of: str) -> int:
        """The next number of its kind."""
        self._numbers[of] = found = self._numbers.get(of, 0) + 1
        return found

    def user(self, user_id: int) -> User:
        """This person, who comes into being when first named."""
        found = self.users.get(user_id)
        if found is None:
            self.users[user_id] = found = User(user_id, f"User {user_id}", "vi")
        return found

    def private(self, user: User) -> Chat:
        found = self.chats.get(user.id)
        if found is None:
            members = {user.id: "member", self.bot.id: "member"}
            found = Chat(user.id, "private", user=user, members=members)
            self.chats[user.id] = found
        return found

    def found(self, chat_id: int | str) -> Chat:
        """A chat the bot may read about. Raises ApiError when there is none or it has moved."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None and isinstance(chat_id, int) and chat_id in self.users:
            return self.private(self.users[chat_id])
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to:
            raise bad(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to
            )
        return chat

    def reached(self, chat_id: int | str) -> Chat:
        """A chat the bot may write to. Raises ApiError when it may not."""
        chat = self.found(chat_id)
        user = chat.user
        if user is None:
            if not chat.has(self.bot.id):
                was = (
                    "is not a member of"
                    if chat.status(self.bot.id) == "left"
                    else "was kicked from"
                )
                raise forbidden(f"bot {was} the {chat.kind} chat")
        elif user.gone:
            raise forbidden("user is deactivated")
        elif user.blocked:
            raise forbidden("bot was blocked by the user")
        elif not user.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def message(self, chat: Chat, message_id: int, missing: str) -> Message:
        found = chat.find(message_id)
        if found is None:
            raise bad(missing)
        return found

    def write(self, chat: Chat, sender: User, body: Wire, only: User | None = None) -> Message:
        """A new message at the end of a chat."""
        number = 0 if only else self.number("message")
        message = Message(number, chat, sender, int(self.now()), body, only=only)
        if only is not None:
            message.ephemeral = self.number("ephemeral")
        if self.keep:
            chat.messages.append(message)
        return message

    def tell(self, kind: str, body: Wire, chat: int) -> None:
        """An update for the bot, if it wants this kind."""
        if kind not in self.allowed:
            return
        whole = {"update_id": self.number("update"), kind: body}
        for _ in range(self.copies()):
            update = Update(self.number("delivery"), chat, whole)
            self.updates[update.number] = update
            self.told(update)

    def allow(self, kinds: list[Any] | None) -> None:
        """Which updates the bot wants from now on; None leaves it as it was."""
        if kinds is None:
            return
        for kind in kinds:
            if kind not in UPDATES:
                raise bad(f"unknown update type {kind}")
        self.allowed = frozenset(kinds) or UPDATES - ON_REQUEST

    def query(self, query_id: str, lasts: float) -> Query:
        """A tap that can still be answered. Raises ApiError."""
        query = self.queries.get(query_id)
        if query is None or query.answered or self.now() - query.at > lasts:
            reason = "query is too old and response timeout expired or query ID is invalid"
            raise bad(reason)
        return query

    def worst_second(self, methods: Iterable[str] = ()) -> int:
        """The most calls (of these methods, or of all) within any one second."""
        wanted = set(methods)
        times = sorted(c.at for c in self.calls if not wanted or c.method in wanted)
        worst = first = 0
        for last, at in enumerate(times):
            while at - times[first] >= 1:
                first += 1
            worst = max(worst, last - first + 1)
        return worst
