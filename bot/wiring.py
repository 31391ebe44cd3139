"""Introduces the folders to each other: the only module that imports every one of them."""

import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import structlog

import lessons.curriculum
from answers.tutor import CourseTutor
from bot import clock
from bot.bell import Bell
from bot.fitting import apart
from bot.inbox import Inbox
from bot.outbox import Lane, Messenger
from bot.settings import Settings
from bot.thinking import Thinking
from interop.formats import markdown as markdown
from lessons.calendars import Calendar, calendar_from
from lessons.course import Course
from lessons.messages import Address, Heard
from lessons.ports import Outbox, Store, Tutor, Unavailable
from lessons.reminding import Almanac
from lessons.use_cases.bookshelf import Bookshelf
from lessons.use_cases.converse import Converse
from lessons.use_cases.group_quiz import GroupQuiz
from lessons.use_cases.link import join
from lessons.use_cases.refit import Refit
from lessons.use_cases.remember import Remember
from scheduler.jobs import timetable
from scheduler.runner import Ticker
from storage import schema as schema
from storage.memory import MemoryStore
from storage.sql import open_store
from storage.volatile import Discreet

log = structlog.get_logger(__name__)

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are mistaken for another
CODE_LENGTH = 8
VOLATILE_IDS = -(2**52)  # ids of messages to people who have not consented: before all others,
# and counted on from the moment of the start, so that a page's cursor outlives a restart


Leads = Callable[[str, str], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class House:
    """Everything that runs, put together."""

    store: Store
    shelf: Bookshelf
    converse: Converse
    inbox: Inbox
    bell: Bell
    thinking: Thinking
    links: dict[str, str]  # platform to the address that carries a {code}
    leaders: dict[str, Leads]  # platform to who can tell whether a person runs a group
    almanac: Almanac
    windows: dict[str, timedelta]  # of the platforms that have one; the almanac knows them too
    now: Callable[[], datetime]
    owner: str

    def lane(self, platform: str, messenger: Messenger) -> Lane:
        """What sends to a platform; its window, if it has one, is known to reminders now."""
        if messenger.caps.window is not None:
            self.windows[platform] = messenger.caps.window
        return Lane(platform, messenger, self.store, self.owner, self.now)

    def ticker(self) -> Ticker:
        refit = Refit(self.store, self.converse.remember, apart)
        jobs = timetable(
            self.store,
            self.shelf,
            self.bell.ring,
            lambda now: refit(self.shelf.library, now),
            self.almanac.windows,
            self.almanac.calendars,
        )
        return Ticker(jobs, self.now)


def new_id() -> str:
    return secrets.token_hex(8)


def new_code() -> str:
    """About 40 bits, for ten minutes and one use."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def build(
    durable: Store,
    settings: Settings,
    now: Callable[[], datetime] = clock.now,
    new_id: Callable[[], str] = new_id,
    new_code: Callable[[], str] = new_code,
    tutor: Tutor | None = None,
) -> House:
    """A house around a store. People who have not consented live in memory beside it. Without
    another tutor, it is the one that quotes the courses."""
    store = Discreet(durable, MemoryStore(VOLATILE_IDS + int(now().timestamp() * 1000)))
    shelf, bell, thinking = Bookshelf(store), Bell(), Thinking()
    links: dict[str, str] = {}
    leaders: dict[str, Leads] = {}
    windows: dict[str, timedelta] = {}

    async def leads(group: Address, person: str) -> bool:
        known = leaders.get(group.platform)
        return known is not None and await known(group.chat, person)

    almanac = Almanac(calendars(settings.calendars), windows)
    remember = Remember(store, almanac.ease)
    converse = Converse(
        store,
        remember,
        shelf,
        tutor or CourseTutor(),
        new_id,
        new_code,
        settings.language,
        settings.timezone,
        settings.calendar,
        almanac,
        links=lambda code: tuple(link.format(code=code) for link in links.values()),
        thinking=thinking.about,
    )
    group = GroupQuiz(store, remember, shelf, leads, settings.language)
    inbox = Inbox(converse, group, thinking, store, bell, now)
    owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
    return House(
        store, shelf, converse, inbox, bell, thinking, links, leaders, almanac, windows, now, owner
    )


def bundled() -> Path:
    """The folder of the courses that come with the program."""
    return Path(lessons.curriculum.__path__[0])


def courses(folders: Sequence[Path]) -> list[Course]:
    """The courses in these folders; one that cannot be read is left out and logged."""
    found = []
    for empty in (top for top in folders if not markdown.find(top)):
        log.error("no course found", folder=str(empty))
    for folder in (each for top in folders for each in markdown.find(top)):
        course, problems = markdown.read(folder)
        if course is None:
            log.error("course not read", folder=str(folder), problem=str(problems[0]))
        else:
            found.append(course)
    return found


def calendars(paths: Sequence[Path]) -> dict[str, Calendar]:
    """The calendars in these files, by their names; one that cannot be read is logged and left."""
    found = {}
    for path in paths:
        try:
            found[path.stem] = calendar_from(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as reason:
            log.error("calendar not read", file=str(path), reason=str(reason))
    return found


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[House]:
    """The house of these settings, its courses published. Raises Unavailable when it cannot be."""
    durable = await open_store(settings.database_url, clock.now())
    try:
        house = build(durable, settings)
        await publish(house, (bundled(), *settings.courses))
        yield house
    finally:
        await durable.close()


async def publish(house: House, folders: Sequence[Path]) -> None:
    """Publish what is new in these folders; a version that was changed is logged and left."""
    for course in courses(folders):
        try:
            await house.shelf.publish([course], house.now())
        except ValueError as reason:
            log.error("course not published", course=course.id, reason=str(reason))
    await house.shelf.refresh()
    for course_id, version in house.shelf.unreadable():
        log.error("course left out: it cannot be read", course=course_id, version=version)


@asynccontextmanager
async def rehearsal(
    settings: Settings, now: Callable[[], datetime], seed: str, db: Path | None = None
) -> AsyncIterator[House]:
    """A house for playing transcripts: chance decided by the seed, on a fresh store in memory or
    in this SQLite file."""
    ids, codes = count(1), count(1)
    url = f"sqlite+aiosqlite:///{db}"
    durable: Store = MemoryStore() if db is None else await open_store(url, now())
    house = build(
        durable,
        settings,
        now,
        new_id=lambda: f"learner-{seed}-{next(ids)}",
        new_code=lambda: f"CODE{next(codes):04}",
    )
    try:
        await publish(house, (bundled(), *settings.courses))
        yield house
    finally:
        await durable.close()


Hook = Callable[[Mapping[str, str], bytes], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class WebDoor:
    """What the web chat needs of the house."""

    house: House
    secret: str
    hooks: Mapping[str, Hook] = field(default_factory=dict)  # what takes a platform's updates

    @property
    def store(self) -> Outbox:
        return self.house.store

    @property
    def now(self) -> Callable[[], datetime]:
        return self.house.now

    async def hear(self, heard: Heard) -> None:
        await self.house.inbox.hear(heard)

    async def join(self, code: str, address: Address) -> bool:
        joined = await join(self.house.store, code, address, self.house.now())
        self.house.bell.ring(address)
        return joined

    async def known(self, address: Address) -> bool:
        return await self.house.store.learner(address) is not None

    async def wait(self, seconds: float, address: Address) -> None:
        await self.house.bell.wait(seconds, address)


class WebServer:
    """The web chat on its address, bound before anything is promised. Raises Unavailable."""

    def __init__(self, door: WebDoor, host: str, port: int) -> None:
        from web.app import Server, create_app  # only `serve` needs the web

        try:
            self._socket = socket.create_server((host, port))
        except OSError as error:
            raise Unavailable(
                f"port {port} of {host} cannot be used ({error.strerror}): "
                "is another program there? Set HOCVU_WEB_PORT to a free one"
            ) from error
        self.port: int = self._socket.getsockname()[1]
        self._server = Server(create_app(door), host, self.port)

    def stop(self) -> None:
        self._server.should_exit = True

    async def run(self) -> None:
        """Until SIGINT, SIGTERM or `stop`."""
        await self._server.serve(sockets=[self._socket])


async def web_server(
    house: House, settings: Settings, hooks: Mapping[str, Hook] | None = None
) -> WebServer:
    secret = await house.store.secret("web", secrets.token_urlsafe(32))
    return WebServer(WebDoor(house, secret, hooks or {}), settings.web_host, settings.web_port)
