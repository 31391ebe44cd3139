"""Faults: how a call or a delivery is made to go wrong, when told to."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.fake_telegram.errors import ApiError
from bot.fake_telegram.flood import too_many

Kind = Literal[
    "429",  # refused: retry after `retry_after` seconds
    "403",  # refused: `text`, or that the person has blocked the bot
    "400",  # refused: `text`
    "500",  # refused: the server is in trouble
    "down",  # every call: the connection is closed at once
    "drop_before",  # the connection is closed, nothing was done
    "drop_after",  # done, then the connection is closed without an answer
    "slow",  # done, answered after `seconds`
    "timeout",  # done, never answered; the connection stays open until the caller goes
    "garbage",  # done, answered by something that is not JSON
    "repeat",  # deliveries: every update twice
    "shuffle",  # deliveries: not in order
]
AFTERWARDS = ("drop_after", "slow", "timeout", "garbage")
DELIVERIES = ("repeat", "shuffle")


@dataclass(slots=True, eq=False)
class Fault:
    """One kind of fault, for the calls it is meant for.

    `method`, `chat` and `contains` (a piece of the text) narrow it; empty means any. Of those
    calls it strikes every `every`-th, or the given `share` of them by `chance`; after `times`
    strikes it is over, None: not before it is taken away. getUpdates is struck only by name, and
    when the server is down.
    """

    kind: Kind
    method: str = ""
    chat: int | None = None
    contains: str = ""
    times: int | None = None
    every: int = 1
    share: float = 1.0
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    retry_after: int = 1
    seconds: float = 0.0
    text: str = ""
    met: int = 0  # calls it was meant for
    struck: int = 0

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"no such fault: {self.kind}")

    def meant_for(self, method: str, params: Mapping[str, object]) -> bool:
        if self.method != method and (self.method or method == "getUpdates"):
            return False
        if self.chat is not None and str(params.get("chat_id")) != str(self.chat):
            return False
        return self.contains in str(params.get("text", params.get("question", "")))

    def strikes(self) -> bool:
        """Whether this time it does."""
        if self.times is not None and self.struck >= self.times:
            return False
        self.met += 1
        if self.met % self.every or (self.share < 1 and self.chance.random() >= self.share):
            return False
        self.struck += 1
        return True

    def refusal(self) -> ApiError | None:
        """The answer of a call that is refused."""
        if self.kind == "429":
            return too_many(self.retry_after)
        if self.kind == "403":
            return ApiError(403, self.text or "Forbidden: bot was blocked by the user")
        if self.kind == "400":
            return ApiError(400, self.text or "Bad Request: refused")
        if self.kind == "500":
            return ApiError(500, self.text or "Internal Server Error")
        return None


class Faults:
    """The faults switched on, the oldest first; the first that strikes decides."""

    def __init__(self) -> None:
        self.all: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self.all.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        if fault in self.all:
            self.all.remove(fault)

    def clear(self) -> None:
        self.all.clear()

    @property
    def down(self) -> bool:
        return any(fault.kind == "down" for fault in self.all)

    def strike(self, method: str, params: Mapping[str, object]) -> Fault | None:
        """The fault that befalls this call, or None."""
        for fault in self.all:
            if fault.kind in DELIVERIES or not fault.meant_for(method, params):
                continue
            if fault.strikes():
                return fault
        return None

    def delivery(self, kind: Kind) -> Fault | None:
        """The fault of this kind that befalls a delivery now, or None."""
        return next((f for f in self.all if f.kind == kind and f.strikes()), None)
