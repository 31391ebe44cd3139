"""Who waits for the one writer shares its transaction: one commit for all that is waiting."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from lessons.ports import Unavailable

T = TypeVar("T")
Work = Callable[[Connection], T]
MOST = 64  # pieces of work in one transaction: the first must not wait too long for the last


@dataclass(frozen=True, slots=True)
class _Waiting:
    work: Work[Any]
    done: "Future[Any]"


class Together:
    """`commit` does all it is given in one transaction, or raises and has done nothing."""

    def __init__(self, commit: Callable[[Sequence[Work[Any]]], list[Any]]) -> None:
        self._commit = commit
        self._waiting: deque[_Waiting] = deque()

    def add(self, work: Work[T]) -> "Future[T]":
        """Done by one of the next calls of `do`; it may be begun twice, and counts once."""
        done: Future[T] = Future()
        self._waiting.append(_Waiting(work, done))
        return done

    def do(self) -> None:
        """What waits now; where a piece fails, each is done again by itself. Called in the thread
        that writes, once for each piece added."""
        taken = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        wanted = [each for each in taken if each.done.set_running_or_notify_cancel()]
        if wanted and not self._done(wanted):
            for each in wanted:
                self._done([each])

    def _done(self, wanted: Sequence[_Waiting]) -> bool:
        """Whether all who wait were told; a failure is told to one alone."""
        try:
            found = self._commit([each.work for each in wanted])
        except Unavailable as error:  # for one as for all: each would only wait for it again
            for each in wanted:
                each.done.set_exception(Unavailable(str(error)))
            return True
        except BaseException as error:  # noqa: BLE001  # it is for the one who waits
            if len(wanted) > 1:
                return False
            wanted[0].done.set_exception(error)
            return True
        for each, result in zip(wanted, found, strict=True):
            each.done.set_result(result)
        return True
