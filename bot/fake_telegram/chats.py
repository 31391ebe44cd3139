"""User, Chat, Message, Draft, Query: what the fake remembers, and the shape it is told in."""

from dataclasses import dataclass, field
from typing import Any

Wire = dict[str, Any]  # an object of the Bot API, as it goes over the wire


@dataclass(slots=True, eq=False)
class User:
    """A person, or the bot. `started`: has pressed Start; only then the bot may write."""

    id: int
    name: str
    language: str = ""
    username: str = ""
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    gone: bool = False  # the account was deleted

    def wire(self) -> Wire:
        found: Wire = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            found["username"] = self.username
        if self.language:
            found["language_code"] = self.language
        return found


@dataclass(slots=True, eq=False)
class Message:
    """A message in a chat. `body` is the rest of it in the form of the Bot API.

    `only`: seen by this user alone (then `id` is 0 and `ephemeral` its number). `keyboard` are the
    quick replies that came with it. `signs` are the reactions, by user.
    """

    id: int
    chat: "Chat"
    sender: User
    date: int
    body: Wire
    poll: "Poll | None" = None
    only: User | None = None
    ephemeral: int = 0
    edited: int = 0
    signs: dict[int, str] = field(default_factory=dict)

    def wire(self, now: float) -> Wire:
        found = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.wire,
            "from": self.sender.wire(),
            **self.body,
        }
        if self.poll is not None:
            found["poll"] = self.poll.wire(now)
        if self.only is not None:
            found["receiver_user"] = self.only.wire()
            found["ephemeral_message_id"] = self.ephemeral
        if self.edited:
            found["edit_date"] = self.edited
        return found


@dataclass(slots=True, eq=False)
class Draft:
    """A reply that is still being made: a preview of 30 seconds."""

    id: int
    text: str
    entities: list[Wire]
    can_stop: bool
    keep: bool
    until: float


@dataclass(slots=True, eq=False)
class Poll:
    """A poll the bot has sent; `votes` by user."""

    id: str
    question: str
    options: list[str]
    quiz: bool
    anonymous: bool
    several: bool
    revoting: bool
    right: list[int]
    extra: Wire
    closes: float = 0.0  # 0: stays open
    closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)

    def is_closed(self, now: float) -> bool:
        return self.closed or 0 < self.closes <= now

    def keys(self, options: list[int]) -> list[str]:
        """The persistent ids of options."""
        return [f"{self.id}-{n}" for n in options]

    def wire(self, now: float) -> Wire:
        counts = [0] * len(self.options)
        for vote in self.votes.values():
            for n in vote:
                counts[n] += 1
        options = [
            {"persistent_id": key, "text": text, "voter_count": count}
            for key, text, count in zip(
                self.keys(list(range(len(counts)))), self.options, counts, strict=True
            )
        ]
        found: Wire = {
            "id": self.id,
            "question": self.question,
            "options": options,
            "total_voter_count": sum(bool(vote) for vote in self.votes.values()),
            "is_closed": self.is_closed(now),
            "is_anonymous": self.anonymous,
            "type": "quiz" if self.quiz else "regular",
            "allows_multiple_answers": self.several,
            "allows_revoting": self.revoting,
            "members_only": False,
            **self.extra,
        }
        if self.quiz:
            found["correct_option_ids"] = self.right
        return found


@dataclass(slots=True, eq=False)
class Query:
    """A tap on a button, until the bot has answered it; `toast` is what the person is shown."""

    id: str
    user: User
    at: float
    answered: bool = False
    toast: str = ""
    alert: bool = False


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat (the id is the person's) or a group. `members`: user id -> status."""

    id: int
    kind: str
    title: str = ""
    user: User | None = None
    members: dict[int, str] = field(default_factory=dict)
    moved_to: int = 0
    messages: list[Message] = field(default_factory=list)
    keyboard: list[list[str]] = field(default_factory=list)  # the quick replies shown now
    draft: Draft | None = None
    action: str = ""
    wire: Wire = field(init=False)

    def __post_init__(self) -> None:
        self.wire = {"id": self.id, "type": self.kind}
        if self.user is None:
            self.wire["title"] = self.title
        else:
            self.wire["first_name"] = self.user.name

    @property
    def private(self) -> bool:
        return self.user is not None

    def status(self, user_id: int) -> str:
        return self.members.get(user_id, "left")

    def has(self, user_id: int) -> bool:
        return self.status(user_id) not in ("left", "kicked")

    def find(self, message_id: int) -> Message | None:
        """The message of this number; ephemeral ones have none."""
        if not message_id:
            return None
        return next((m for m in reversed(self.messages) if m.id == message_id), None)

    def find_ephemeral(self, number: int, receiver: int) -> Message | None:
        for message in reversed(self.messages):
            if message.only is not None and message.ephemeral == number:
                return message if message.only.id == receiver else None
        return None
