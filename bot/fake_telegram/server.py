"""FakeTelegram: the server on 127.0.0.1 that answers as api.telegram.org does."""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot import clock as the_clock
from bot.fake_telegram import control, page
from bot.fake_telegram.chats import Wire
from bot.fake_telegram.delivery import Delivery
from bot.fake_telegram.errors import ApiError, bad
from bot.fake_telegram.faults import AFTERWARDS, Fault, Faults
from bot.fake_telegram.groups import Groups
from bot.fake_telegram.methods import perform, read_call
from bot.fake_telegram.people import People
from bot.fake_telegram.polling import Polling, read_poll
from bot.fake_telegram.world import Call, Update, World

HOST = "127.0.0.1"
GARBAGE = "<html><body>502 Bad Gateway</body></html>"


class FakeTelegram:
    """`async with FakeTelegram() as fake:` or `start` and `stop`; `stop` and `start` again keep
    the port and everything known.

    `clock` is the time of messages, limits and expiry; long polls and delays take real time.
    `limits` switches flood control on; with `keep` false the words of messages are not kept.
    `backoff` are the seconds between tries of a webhook delivery.
    """

    def __init__(
        self,
        port: int = 0,
        token: str = "123456:fake",
        *,
        clock: Callable[[], datetime] = the_clock.now,
        limits: bool = False,
        keep: bool = True,
        backoff: Sequence[float] = (0.1, 0.5, 2.0),
    ) -> None:
        self.port = port
        self.token = token
        self.world = World(token, clock, limits=limits, keep=keep)
        self.people = People(self.world)
        self.groups = Groups(self.world, self.people)
        self.faults = Faults()
        self._polling = Polling(self.world, self.faults)
        self._delivery = Delivery(self.world, self.faults, backoff)
        self._runner: web.AppRunner | None = None
        self.world.told = self._tell
        self.world.copies = lambda: 2 if self.faults.delivery("repeat") else 1

    @property
    def url(self) -> str:
        """The address to use in place of https://api.telegram.org."""
        return f"http://{HOST}:{self.port}"

    @property
    def calls(self) -> list[Call]:
        return self.world.calls

    @property
    def polled(self) -> bool:
        """Whether a getUpdates call is waiting now."""
        return self._polling.waits

    def worst_second(self, methods: Sequence[str] = ()) -> int:
        """The most calls of these methods (or of all) within any one second."""
        return self.world.worst_second(methods)

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.add_routes(control.routes(self.world, self.people, self.groups, self.faults))
        app.add_routes(page.routes(self.world, self.people))
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port)
        await site.start()
        if not self.port:
            self.port = self._runner.addresses[0][1]
        await self._delivery.begin()

    async def stop(self) -> None:
        """Refuse connections; whoever waits is cut off."""
        await self._delivery.end()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "FakeTelegram":
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def _tell(self, update: Update) -> None:
        self._polling.news(update)
        self._delivery.news(update)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        """One call, with the fault that befalls it."""
        if self.faults.down:
            await _hang_up(request)
        name = request.match_info["method"]
        call = Call(name, {}, self.world.now(), _port(request))
        self.world.calls.append(call)
        fault = None
        try:
            if request.match_info["token"] != self.token:
                raise ApiError(401, "Unauthorized")
            given = await _given(request)
            call.params = given
            p = read_poll(given) if name == "getUpdates" else read_call(name, given)
            call.params = p if self.world.keep else {"chat_id": p.get("chat_id")}
            fault = self.faults.strike(name, p)
            if fault is not None:
                await _before(request, fault)
            answer = {"ok": True, "result": await self._perform(name, p)}
            call.done, status = True, 200
        except ApiError as error:
            status = error.code
            answer = {"ok": False, "error_code": status, "description": error.description}
            if error.parameters:
                answer["parameters"] = error.parameters
        if self.faults.down or (fault is not None and fault.kind == "drop_after"):
            await _hang_up(request)
        if fault is not None and fault.kind in AFTERWARDS:
            garbage = await _after(fault)
            if garbage is not None:
                call.status = garbage.status
                return garbage
        call.status = status
        return _json(answer, status)

    async def _perform(self, name: str, p: Wire) -> Any:
        if name == "getUpdates":
            return await self._polling.ask(p)
        result = perform(self.world, name, p)
        if name in ("setWebhook", "deleteWebhook"):
            self._polling.end(f"{name} request")
            await self._delivery.begin()
        return result


async def _given(request: web.Request) -> dict[str, object]:
    """The fields of a call, from the address and the body in any of the forms Telegram takes."""
    given: dict[str, object] = dict(request.query)
    form = request.content_type
    if form == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise bad("can't parse JSON object")
        return given | body
    if form == "application/x-www-form-urlencoded":
        body = (await request.read()).decode()
        return given | dict(parse_qsl(body, keep_blank_values=True))
    if form == "multipart/form-data":
        for name, value in (await request.post()).items():
            given[name] = value.filename if isinstance(value, web.FileField) else value
    return given


async def _before(request: web.Request, fault: Fault) -> None:
    """A fault that strikes before anything is done. Raises ApiError."""
    if fault.kind == "drop_before":
        await _hang_up(request)
    refusal = fault.refusal()
    if refusal is not None:
        raise refusal


async def _after(fault: Fault) -> web.Response | None:
    """A fault that strikes when the work is done; None: the answer is given after all."""
    if fault.kind == "garbage":
        return web.Response(text=GARBAGE, content_type="text/html")
    if fault.kind == "timeout":
        await _for_ever()
    await asyncio.sleep(fault.seconds)
    return None


async def _hang_up(request: web.Request) -> None:
    """Close the connection; this ends the handler, which is cancelled with it."""
    if request.transport is not None:
        request.transport.abort()
    await _for_ever()


async def _for_ever() -> None:
    await asyncio.get_running_loop().create_future()


def _port(request: web.Request) -> int:
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return int(peer[1]) if peer else 0


def _json(answer: Wire, status: int) -> web.Response:
    body = json.dumps(answer, ensure_ascii=False).encode()
    return web.Response(body=body, status=status, content_type="application/json")
