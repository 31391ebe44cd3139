"""The event streams that are open: so many per visitor, and all of them let go at the end."""

from asyncio import Event
from collections.abc import Iterator
from contextlib import contextmanager

from lessons.messages import Address

AT_MOST = 6  # per visitor: one more ends the oldest


class Streams:
    """Every open page has one."""

    def __init__(self) -> None:
        self._open: dict[Address, list[Event]] = {}
        self._over = False

    @contextmanager
    def opened(self, visitor: Address) -> Iterator[Event]:
        """A stream, as long as it is read; what is given is set when it must end."""
        over = Event()
        theirs = self._open.setdefault(visitor, [])
        theirs.append(over)
        for oldest in theirs[:-AT_MOST]:
            oldest.set()
        if self._over:
            over.set()
        try:
            yield over
        finally:
            theirs.remove(over)
            if not theirs:
                del self._open[visitor]

    def end(self) -> None:
        """Let go of every page, and of those that still come."""
        self._over = True
        for theirs in self._open.values():
            for over in theirs:
                over.set()
