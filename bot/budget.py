"""How much may be sent when: in any one second, to one chat, with room kept for replies. Pure.

Telegram allows about 30 messages a second, one a second in a private chat with a short burst, and
20 a minute in a group (decision 0015). Moments are seconds of one clock that never goes back.
"""

from collections import deque
from dataclasses import dataclass, field

from lessons.messages import Kind

WINDOW = 1.05  # seconds: a "second" of ours is longer, so that none of the server's holds more
MINUTE = 61.0
FULL_SHARE = {"reply": 1.0, "reminder": 0.9, "broadcast": 5 / 6}  # of the rate, for each kind
REMEMBERED = 10_000  # chats whose last messages are known; above it, those long silent are dropped


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages: in any one second, and beside them broadcasts that are paid for; to a private chat
    at once and then one every so many seconds; to a group in a minute."""

    overall: int = 30
    paid: int = 0
    burst: int = 4
    every: float = 1.0
    group: int = 20


@dataclass(slots=True)
class SendBudget:
    """What was sent lately, and whether one more may be."""

    rates: Rates = Rates()
    halted_until: float = 0.0
    _sent: deque[float] = field(default_factory=deque)  # at most as many as the rate
    _paid: deque[float] = field(default_factory=deque)  # the same for broadcasts paid for
    _bulk: float = -WINDOW  # when the last message left that nobody waits for
    _private: dict[str, float] = field(default_factory=dict)  # when the burst is whole again
    _groups: dict[str, deque[float]] = field(default_factory=dict)

    def overall(self, now: float, kind: Kind) -> float:
        """Seconds until anything of this kind may leave: 0 when it may now.

        What nobody waits for leaves in even steps and never takes the whole rate, so that a reply
        always finds room.
        """
        wait = max(0.0, self.halted_until - now)
        sent, rate = self._lately(kind)
        share = max(1, int(rate * FULL_SHARE[kind]))
        if len(sent) >= share:
            wait = max(wait, sent[-share] + WINDOW - now)
        if kind != "reply":
            wait = max(wait, self._bulk + WINDOW / share - now)
        return wait

    def _lately(self, kind: Kind) -> tuple[deque[float], int]:
        """What counts for this kind, and how many there may be of it in a second."""
        if kind == "broadcast" and self.rates.paid:
            return self._paid, self.rates.paid
        return self._sent, self.rates.overall

    def chat(self, now: float, chat: str) -> float:
        """Seconds until this chat may be sent one more; "" is no chat: a sign, an answered tap."""
        if not chat:
            return 0.0
        if chat.startswith("-"):
            lately = self._groups.get(chat, deque())
            full = len(lately) >= self.rates.group
            return max(0.0, lately[-self.rates.group] + MINUTE - now) if full else 0.0
        whole = self._private.get(chat, now)
        return max(0.0, whole - (self.rates.burst - 1) * self.rates.every - now)

    def spend(self, now: float, chat: str, kind: Kind) -> None:
        """One leaves now."""
        sent, rate = self._lately(kind)
        sent.append(now)
        if len(sent) > rate:
            sent.popleft()
        if kind != "reply":
            self._bulk = now
        if chat.startswith("-"):
            lately = self._groups.setdefault(chat, deque(maxlen=self.rates.group))
            lately.append(now)
        elif chat:
            self._private[chat] = max(now, self._private.get(chat, now)) + self.rates.every
            if len(self._private) > REMEMBERED:
                self._private = {c: whole for c, whole in self._private.items() if whole > now}

    def halt(self, until: float) -> None:
        """Nothing leaves before then; a later end that was told earlier stays."""
        self.halted_until = max(self.halted_until, until)
