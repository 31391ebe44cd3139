"""In dictionaries: what the platforms told, kept until it is handled."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from lessons.messages import Heard
from lessons.ports import Received
from storage.lines import number_of

Name = tuple[str, str]  # of an update: platform, and what it is called there


class MemoryInbox:
    """ports.Inbox."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._waiting: dict[int, Received] = {}
        self._names: dict[Name, datetime] = {}  # of all updates received, and when

    async def receive(self, heard: Sequence[Heard], now: datetime) -> int:
        before = len(self._names)
        for one in heard:
            name = _name(one)
            if name not in self._names:
                number = next(self._numbers)
                self._names[name] = now
                self._waiting[number] = Received(number, one)
        return len(self._names) - before

    async def received(
        self, platform: str, limit: int, besides: Collection[int] = ()
    ) -> Sequence[Received]:
        waiting = [
            one
            for id, one in self._waiting.items()
            if one.heard.address.platform == platform and id not in besides
        ]
        waiting.sort(key=lambda one: (number_of(one.heard.update), one.id))
        given = [replace(one, tries=one.tries + 1) for one in waiting[:limit]]
        self._waiting.update((one.id, one) for one in given)
        return given

    async def handled(self, ids: Sequence[int]) -> None:
        for id in ids:
            self._waiting.pop(id, None)

    async def drop_handled(self, before: datetime) -> int:
        waiting = {_name(one.heard) for one in self._waiting.values()}
        old = [name for name, at in self._names.items() if at < before and name not in waiting]
        for name in old:
            del self._names[name]
        return len(old)


def _name(heard: Heard) -> Name:
    return heard.address.platform, heard.update
