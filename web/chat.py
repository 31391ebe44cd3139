"""The conversation of one browser: what it says comes in, what was said goes out as events."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from lessons import texts
from lessons.messages import Address, Heard, Sent
from lessons.ports import Outbox, Unavailable
from lessons.typed import clean
from web.safety import from_our_page, small_body
from web.streams import Streams
from web.visitors import Visitor, asked_language

PAGE = 50  # messages asked for at once
PATIENCE = 15.0  # seconds without news before looking again
INT64 = 2**63 - 1

# The buttons of the page itself, as they read; chat.js names them alike.
FRAME = {f"lang:{each}": texts.say(each, "language.name") for each in texts.languages()}
FRAME["c:help"] = "?"


Hook = Callable[[Mapping[str, str], bytes], Awaitable[None]]


class Door(Protocol):
    """What lies behind the web chat; bot/wiring.py fills it."""

    @property
    def store(self) -> Outbox: ...

    @property
    def secret(self) -> str:
        """Signs the cookies."""
        ...

    @property
    def now(self) -> Callable[[], datetime]: ...

    @property
    def hooks(self) -> Mapping[str, Hook]:
        """By platform: what takes the updates its server sends. Raises Forged, Unavailable."""
        ...

    async def hear(self, heard: Heard) -> None:
        """The whole turn: saved when this returns; a repeated update changes nothing.

        Raises Unavailable: nothing was saved, the page sends the same update again.
        """
        ...

    async def join(self, code: str, address: Address) -> bool:
        """Join this browser to the learner of a linking code; False when it is not valid."""
        ...

    async def known(self, address: Address) -> bool:
        """Whether there is a learner at this address already."""
        ...

    async def wait(self, seconds: float, address: Address) -> None:
        """Return when anything of this chat was committed since the first step of this, or after
        the time."""
        ...


def _door(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


Behind = Annotated[Door, Depends(_door)]
router = APIRouter(prefix="/chat")


# --- what the browser says ---


class Say(BaseModel):
    """A typed text or a tapped button (its id), under a name the page made for it."""

    model_config = ConfigDict(extra="forbid")
    update: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    text: str | None = None
    tap: str | None = Field(default=None, pattern=r"^[!-~]{1,64}$")

    @model_validator(mode="after")
    def one_of_two(self) -> "Say":
        if (self.text is None) == (self.tap is None):
            raise ValueError("either text or tap")
        return self


@router.post("/say", status_code=204, dependencies=[Depends(from_our_page)])
async def say(
    request: Request, door: Behind, visitor: Visitor, body: Annotated[bytes, Depends(small_body)]
) -> None:
    try:
        message = Say.model_validate_json(body)
    except ValidationError:
        raise HTTPException(400) from None  # the reason could quote what the learner wrote
    # Another browser may make the same name; and the address must not outlive the person in it.
    update = hashlib.sha256(f"{visitor.chat}:{message.update}".encode()).hexdigest()[:32]
    language = asked_language(request)
    if message.tap is not None:
        heard = Heard(visitor, update, message.tap, "tap", language)
    else:
        heard = Heard(visitor, update, clean(message.text or ""), "text", language)
    await door.hear(heard)


# --- what was said ---


@dataclass(slots=True)
class Reader:
    """One open page: how far it has read its chat, and the buttons it has seen."""

    store: Outbox
    address: Address
    cursor: int
    labels: dict[str, str] = field(default_factory=FRAME.copy)

    async def recall(self) -> None:
        """A page that resumes has seen buttons already."""
        if self.cursor:
            self._note(await self.store.history(self.address, 0, PAGE))

    async def news(self) -> Sequence[Sent]:
        """What the page has not read yet, oldest first.

        When the chat was erased its numbers begin anew, below the cursor: read from the start.
        """
        newest = await self.store.history(self.address, 0, 1)
        if not newest or newest[-1].id == self.cursor:
            return ()
        if newest[-1].id < self.cursor:
            self.cursor = 0
        rows = await self.store.history(self.address, self.cursor, PAGE)
        if rows:
            self.cursor = rows[-1].id
            self._note(rows)
        return rows

    def _note(self, rows: Sequence[Sent]) -> None:
        self.labels |= {choice.id: choice.label for row in rows for choice in row.said.choices}

    def line(self, row: Sent) -> Mapping[str, object]:
        """A message as the page gets it; a tapped button reads as its label."""
        words = (row.text or row.said.text) if row.heard else row.said.plain
        choices = [{"id": choice.id, "label": choice.label} for choice in row.said.choices]
        return {
            "id": row.id,
            "who": "learner" if row.heard else "tutor",
            "text": self.labels.get(words, words) if row.heard else words,
            "choices": [] if row.heard else choices,
            "at": row.at.isoformat(),
        }


def _cursor(last_event_id: str | None, after: int) -> int:
    """Where the page stopped reading: the browser's own word first."""
    try:
        seen = int(last_event_id or after)
    except ValueError:
        return after
    return seen if abs(seen) <= INT64 else after


@router.get("/events", response_class=EventSourceResponse)
async def events(
    request: Request,
    door: Behind,
    visitor: Visitor,
    after: Annotated[int, Query(ge=-INT64, le=INT64)] = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Everything after the cursor, then whatever comes, until the page or the server goes, or the
    visitor has opened too many.

    FastAPI adds a comment every 15 s. A store that is away ends the stream; the browser returns.
    """
    reader = Reader(door.store, visitor, _cursor(last_event_id, after))
    streams: Streams = request.app.state.streams
    with streams.opened(visitor) as over:
        ended = asyncio.create_task(over.wait())
        try:
            await reader.recall()
            while not over.is_set():
                # Wait before looking, so that what is committed in between is not missed.
                committed = asyncio.create_task(door.wait(PATIENCE, visitor))
                await asyncio.sleep(0)
                try:
                    rows = await reader.news()
                    for row in rows:
                        line = json.dumps(reader.line(row), ensure_ascii=False)
                        yield ServerSentEvent(id=str(row.id), raw_data=line)
                    await asyncio.shield(_settle(door, rows))  # even when the page goes just now
                    if not rows:
                        await asyncio.wait({committed, ended}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    committed.cancel()
        except Unavailable:
            return
        finally:
            ended.cancel()


async def _settle(door: Door, rows: Sequence[Sent]) -> None:
    """An open page has these.

    Numbers below zero belong to people who have not consented: a settled message of theirs would be
    forgotten at once, and a reload or a second tab would miss it. Silence forgets it.
    """
    for row in rows:
        if row.id > 0 and not row.heard and not row.sent:
            await door.store.settle(row.id, "sent", door.now())
