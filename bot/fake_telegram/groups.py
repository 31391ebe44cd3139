"""Groups: founded, joined, left, led, and moved to another id."""

from collections.abc import Sequence

from bot.fake_telegram.chats import Chat, User, Wire
from bot.fake_telegram.people import People
from bot.fake_telegram.setup import member
from bot.fake_telegram.world import World

SUPERGROUPS = -1_000_000_000_000  # their ids lie below


class Groups:
    """What happens in groups beside talking. A group is named by its id, which is negative."""

    def __init__(self, world: World, people: People) -> None:
        self._world = world
        self._people = people

    def found(
        self,
        title: str,
        members: Sequence[int],
        admins: Sequence[int] = (),
        *,
        leads: bool = False,
        big: bool = False,
    ) -> int:
        """A new group with the bot in it; returns its id. The first of `admins`, or of the members,
        is its creator. `leads`: the bot is an administrator; `big`: it is a supergroup."""
        number = self._world.number("group")
        place = Chat(
            (SUPERGROUPS if big else 0) - 1000 - number, "supergroup" if big else "group", title
        )
        creator = next(iter([*admins, *members]))
        place.members = dict.fromkeys(members, "member")
        place.members |= dict.fromkeys(admins, "administrator") | {creator: "creator"}
        for user in place.members:
            self._world.user(user)
        self._world.chats[place.id] = place
        self.add_bot(place.id, creator, leads=leads)
        return place.id

    def add_bot(self, chat: int, by: int, *, leads: bool = False) -> None:
        """Bring the bot into a group, or give it another rank there."""
        place, bot = self._world.chats[chat], self._world.bot
        was_there = place.has(bot.id)
        self._bot_becomes(place, by, "administrator" if leads else "member")
        if not was_there:
            self._service(place, self._world.user(by), {"new_chat_members": [bot.wire()]})

    def kick_bot(self, chat: int, by: int) -> None:
        """Throw the bot out."""
        self._bot_becomes(self._world.chats[chat], by, "kicked")

    def join(self, user: int, chat: int) -> None:
        place, person = self._world.chats[chat], self._world.user(user)
        self._becomes(place, person, "member")
        self._service(place, person, {"new_chat_members": [person.wire()]})

    def leave(self, user: int, chat: int) -> None:
        place, person = self._world.chats[chat], self._world.user(user)
        self._becomes(place, person, "left")
        self._service(place, person, {"left_chat_member": person.wire()})

    def promote(self, user: int, chat: int) -> None:
        """Make a member an administrator."""
        self._becomes(self._world.chats[chat], self._world.user(user), "administrator")

    def migrate(self, chat: int) -> int:
        """Turn a group into a supergroup; returns its new id. The bot is told in both."""
        old = self._world.chats[chat]
        new = Chat(SUPERGROUPS + chat, "supergroup", old.title, members=dict(old.members))
        self._world.chats[new.id] = new
        owner = next(u for u, status in old.members.items() if status == "creator")
        by = self._world.user(owner)
        self._service(old, by, {"migrate_to_chat_id": new.id})
        self._service(new, by, {"migrate_from_chat_id": old.id})
        old.moved_to = new.id
        return new.id

    def _becomes(self, place: Chat, person: User, status: str) -> None:
        before = member(self._world, place, person.id)
        place.members[person.id] = status
        if place.status(self._world.bot.id) == "administrator":
            self._people.changed(place, person, "chat_member", before, person.id)

    def _bot_becomes(self, place: Chat, by: int, status: str) -> None:
        bot = self._world.bot.id
        before = member(self._world, place, bot)
        place.members[bot] = status
        self._people.changed(place, self._world.user(by), "my_chat_member", before, bot)

    def _service(self, place: Chat, by: User, body: Wire) -> None:
        message = self._world.write(place, by, body)
        if place.has(self._world.bot.id):
            self._world.tell("message", message.wire(self._world.now()), place.id)
