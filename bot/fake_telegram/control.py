"""/_fake/…: the same as `people`, `groups` and `faults`, for a test in another process."""

import json
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.fake_telegram.faults import Fault, Faults
from bot.fake_telegram.groups import Groups
from bot.fake_telegram.people import People
from bot.fake_telegram.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Action = Callable[..., object]


def routes(world: World, people: People, groups: Groups, faults: Faults) -> list[web.RouteDef]:
    """POST takes a JSON object whose keys are the arguments named here; what is not possible is
    answered with 400 and {"error": why}."""

    def say(user: int, text: str, chat: int | None = None, language: str = "") -> object:
        return people.say(user, text, chat, language)

    def tap(
        user: int, label: str = "", message_id: int | None = None, chat: int | None = None
    ) -> object:
        query = people.tap(user, label, message_id, chat)
        return {"query": query.id if query else None}

    def crowd(first: int, last: int) -> object:
        return {"people": people.crowd(first, last)}

    def group(
        title: str, members: list[int], admins: Sequence[int] = (), leads: bool = False
    ) -> object:
        return {"chat": groups.found(title, members, admins, leads=leads)}

    def migrate(chat: int) -> object:
        return {"chat": groups.migrate(chat)}

    def fault(seed: int = 1, **given: Any) -> object:
        faults.add(Fault(**given, chance=random.Random(seed)))
        return {"faults": len(faults.all)}

    actions: dict[str, Action] = {
        "say": say,
        "show": people.show,
        "tap": tap,
        "vote": people.vote,
        "react": people.react,
        "stop": people.stop,
        "block": people.block,
        "unblock": people.unblock,
        "people": crowd,
        "group": group,
        "join": groups.join,
        "leave": groups.leave,
        "kick": groups.kick_bot,
        "migrate": migrate,
        "fault": fault,
    }

    async def no_faults(_: web.Request) -> web.Response:
        faults.clear()
        return _json({"faults": 0})

    return [
        *[web.post(f"/_fake/{name}", _doing(action)) for name, action in actions.items()],
        web.delete("/_fake/fault", no_faults),
        *_views(world, people),
    ]


def _views(world: World, people: People) -> list[web.RouteDef]:
    async def calls(request: web.Request) -> web.Response:
        """The calls; `method` narrows, `after` leaves out so many of the first."""
        method = request.query.get("method")
        found = world.calls[int(request.query.get("after", 0)) :]
        return _json([asdict(call) for call in found if method in (None, call.method)])

    async def chat(request: web.Request) -> web.Response:
        """A chat as a person sees it: `chat`, and in a group whose eyes: `user`."""
        place = int(request.query["chat"])
        return _json(people.sees(int(request.query.get("user", place)), place))

    async def worst(request: web.Request) -> web.Response:
        """The most calls of any one second; `methods` with commas between."""
        methods = [name for name in request.query.get("methods", "").split(",") if name]
        return _json({"worst": world.worst_second(methods)})

    views: dict[str, Handler] = {"calls": calls, "chat": chat, "worst": worst}
    return [web.get(f"/_fake/{name}", _plainly(view)) for name, view in views.items()]


def _doing(action: Action) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        given = json.loads(await request.read() or b"{}")
        return _json(action(**given) or {})

    return _plainly(handle)


def _plainly(handle: Handler) -> Handler:
    async def handled(request: web.Request) -> web.StreamResponse:
        try:
            return await handle(request)
        except (ValueError, TypeError, KeyError) as error:
            return _json({"error": str(error)}, 400)

    return handled


def _json(found: object, status: int = 200) -> web.Response:
    body = json.dumps(found, ensure_ascii=False).encode()
    return web.Response(body=body, status=status, content_type="application/json")
