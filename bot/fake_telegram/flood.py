"""Flood control: 30 messages a second in all, one a second to a person, 20 a minute to a group."""

import math
from collections import deque

from bot.fake_telegram.errors import ApiError

OVERALL = 30  # messages in any one second
PAID = 1000  # the same with allow_paid_broadcast
BURST = 5  # messages a person may be sent at once; then one a second
GROUP = 20  # messages a group may be sent in any 60 seconds


def too_many(seconds: float) -> ApiError:
    wait = max(1, math.ceil(seconds))
    return ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)


class Flood:
    """What was sent lately. A refused message does not count."""

    def __init__(self) -> None:
        self._last: deque[float] = deque()
        self._person: dict[int, tuple[float, float]] = {}  # how many more at once, as of when
        self._group: dict[int, deque[float]] = {}

    def pass_one(self, chat: int, now: float, *, paid: bool = False) -> None:
        """Count one message. Raises ApiError 429 when it is too many."""
        while self._last and self._last[0] <= now - 1:
            self._last.popleft()
        if len(self._last) >= (PAID if paid else OVERALL):
            raise too_many(self._last[0] + 1 - now)
        if chat < 0:
            self._pass_group(chat, now)
        else:
            self._pass_person(chat, now)
        self._last.append(now)

    def _pass_person(self, chat: int, now: float) -> None:
        left, at = self._person.get(chat, (BURST, now))
        left = min(BURST, left + now - at)
        if left < 1:
            raise too_many(1 - left)
        self._person[chat] = (left - 1, now)

    def _pass_group(self, chat: int, now: float) -> None:
        times = self._group.setdefault(chat, deque())
        while times and times[0] <= now - 60:
            times.popleft()
        if len(times) >= GROUP:
            raise too_many(times[0] + 60 - now)
        times.append(now)
