"""Telegram put together: the ear, the mouth, its lane of the outbox, and who may listen."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.arrivals import Arrivals
from bot.budget import Rates, SendBudget
from bot.gate import Gate
from bot.limiter import make_bot
from bot.platforms.telegram import OUT_OF_REACH, PLATFORM, WRONG_TOKEN, Deaf, Ear
from bot.platforms.telegram_mouth import Mouth
from bot.settings import Settings
from bot.wiring import House
from lessons.failures import Forged, Stale, Unavailable
from lessons.texts import languages, say

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=6)
RENEW = 2.0  # seconds
AT_LEISURE = 5.0  # seconds before something that failed is tried again
LISTED = ("continue", "review", "ask", "progress", "courses", "reminders", "language", "data",
          "delete", "link", "stop", "help")  # fmt: skip
PAID = 1000  # messages a second, when Telegram is paid for them


class Telegram:
    """One bot. `tell` gets sentences for the operator; the rest of the house goes on without it."""

    def __init__(
        self,
        house: House,
        settings: Settings,
        tell: Callable[[str], None],
        rates: Rates | None = None,
    ) -> None:
        """`rates` other than Telegram's are for a server that has none. Raises Deaf for a token
        that cannot be one."""
        self._house = house
        self._settings = settings
        self._tell = tell
        self._told = ""
        token = settings.telegram_token.get_secret_value()
        paid = PAID if settings.telegram_paid_broadcast else 0
        budget = SendBudget(rates or Rates(settings.telegram_rate, paid))
        self._gate = Gate(budget, asyncio.get_running_loop().time)
        self._bot = make_bot(token, settings.telegram_api_url, self._gate, self._halted)
        self._mouth = Mouth(self._bot, self._gate, paid=settings.telegram_paid_broadcast)
        self._arrivals = Arrivals(PLATFORM, house.store, house.inbox.hear, house.now)
        receive = self._arrivals.receive
        self._ear = Ear(token, settings.telegram_api_url, receive, self._tapped)
        self._answering: set[asyncio.Task[None]] = set()
        self._secret = ""

    async def run(self) -> None:
        """Until it is cancelled, or nothing can be done without a change of a setting."""
        try:
            while True:
                if await self._over():
                    return
                await asyncio.sleep(AT_LEISURE)
        finally:
            await self._ear.close()
            with suppress(TelegramError, RuntimeError):
                await self._bot.shutdown()
            with suppress(Unavailable):
                await self._house.store.release(self._lease_name, self._house.owner)

    async def _over(self) -> bool:
        """Serve as long as it goes; whether it cannot go on by itself. A mistake of ours ends here:
        it is logged, and everything begins anew."""
        over = True
        try:
            await self._lease()
            async with asyncio.TaskGroup() as running:
                renewing = running.create_task(self._renew())
                try:
                    await self._greeted()
                    await self._everything()
                finally:
                    renewing.cancel()
        except* Deaf as why:
            self._say(str(why.exceptions[0]))
        except* Exception:
            log.exception("failed", platform=PLATFORM)
            over = False
        return over

    async def hook(self, headers: Mapping[str, str], body: bytes) -> None:
        """An update that Telegram sent. Raises Forged, Unavailable."""
        if not self._secret:
            raise Forged
        await self._ear.hook(self._secret, headers, body)

    async def _everything(self) -> None:
        async with asyncio.TaskGroup() as running:
            lane = self._house.lane(PLATFORM, self._mouth)
            running.create_task(lane.run(self._house.bell))
            running.create_task(self._arrivals.run())
            running.create_task(self._listen())

    async def _listen(self) -> None:
        """Hear for ever; what was sent before, and reminders, still go out while nothing is
        heard."""
        while True:
            try:
                if self._settings.telegram_mode == "webhook":
                    await self._hooked()
                await self._ear.poll(self._settings.telegram_webhook_url, self._well)
            except Deaf as why:
                self._say(str(why))
                if why.lasting:
                    return
            await asyncio.sleep(AT_LEISURE)

    async def _hooked(self) -> None:
        """Ask Telegram to send what it hears, and be glad. Raises Deaf."""
        given = self._settings.telegram_webhook_secret.get_secret_value()
        fresh = secrets.token_urlsafe(32)
        self._secret = given or await self._house.store.secret("telegram-webhook", fresh)
        await self._ear.register(self._settings.telegram_webhook_url, self._secret)
        self._well()
        await asyncio.Event().wait()

    async def _greeted(self) -> None:
        """Get to know the bot's name, once the server can be reached. Raises Deaf."""
        while True:
            try:
                await self._bot.initialize()
                break
            except InvalidToken as error:
                raise Deaf(WRONG_TOKEN, lasting=True) from error
            except TelegramError:
                self._say(OUT_OF_REACH)
                await asyncio.sleep(AT_LEISURE)
        self._well()
        self._tell(f"HocVu is on Telegram at https://t.me/{self._bot.username}")
        self._house.links[PLATFORM] = f"https://t.me/{self._bot.username}?start={{code}}"
        self._house.leaders[PLATFORM] = self._mouth.leads
        self._house.thinking.signs[PLATFORM] = self._mouth
        until = await self._house.store.halted(PLATFORM)
        if until is not None:
            self._gate.halt((until - self._house.now()).total_seconds())
        await self._register()

    async def _register(self) -> None:
        """The commands in each language; without them everything can be done all the same."""
        with suppress(TelegramError):
            await self._mouth.register(_commands(self._settings.language))
            for language in languages():
                await self._mouth.register(_commands(language), language)
            await self._mouth.register(
                [("quiz", say(self._settings.language, "quiz.command"))], groups=True
            )

    def _tapped(self, query: str) -> None:
        """Answered before anything else: the button must not go on turning."""
        task = asyncio.create_task(self._mouth.answer(query))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _halted(self, seconds: float) -> None:
        """Kept, so that a restart is no way round it."""
        log.warning("halted", platform=PLATFORM, seconds=seconds)
        until = self._house.now() + timedelta(seconds=seconds)
        with suppress(Unavailable):
            await self._house.store.halt(PLATFORM, until)

    # --- only one process listens to a bot ---

    @property
    def _lease_name(self) -> str:
        return f"telegram:{self._settings.telegram_token.get_secret_value().partition(':')[0]}"

    async def _lease(self) -> None:
        while (taken := await self._take()) is not True:
            if taken is False:
                self._say("another HocVu on this database listens to this bot: waiting for its end")
            await asyncio.sleep(RENEW)
        self._well()

    async def _take(self) -> bool | None:
        """None when the store is away: then nobody else can take it either."""
        now = self._house.now()
        try:
            return await self._house.store.lease(
                self._lease_name, self._house.owner, now, now + LEASE
            )
        except (Unavailable, Stale):
            return None

    async def _renew(self) -> None:
        """Who has lost it, after a long sleep of the machine, stops listening. Raises Deaf."""
        while True:
            await asyncio.sleep(RENEW)
            if await self._take() is False:
                raise Deaf("another HocVu has taken over this bot", lasting=True)

    def _say(self, sentence: str) -> None:
        """Once, until there is something else to say."""
        if sentence != self._told:
            self._tell(f"hocvu: Telegram: {sentence}")
        self._told = sentence

    def _well(self) -> None:
        """What was said is over: it is said again when it happens again."""
        self._told = ""


def _commands(language: str) -> list[tuple[str, str]]:
    """The commands as a language writes them: "/tieptuc", and what each does."""
    return [(say(language, f"slash.{name}"), say(language, f"menu.{name}")) for name in LISTED]
