"""The page at /: a person plays the users of the fake Telegram."""

import json
from pathlib import Path

from aiohttp import web

from bot.fake_telegram.groups import Groups
from bot.fake_telegram.people import People
from bot.fake_telegram.world import World

PAGE = Path(__file__).with_name("page.html")
POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
)
SHOWN = 9  # chats to choose from


def furnish(people: People, groups: Groups) -> None:
    """Three people and a group for who plays by hand."""
    for user, name in enumerate(("An", "Linh", "Minh"), start=1):
        people.meet(user, name, "vi")
    groups.found("An, Linh, Minh", [1, 2, 3], [1])


def routes(world: World, people: People) -> list[web.RouteDef]:
    async def show(_: web.Request) -> web.Response:
        headers = {"Content-Security-Policy": POLICY}
        text = PAGE.read_text(encoding="utf-8")
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def who(_: web.Request) -> web.Response:
        """The people to play, and the groups they are in."""
        users = [{"id": u.id, "name": u.name} for u in list(world.users.values())[:SHOWN]]
        places = [c for c in list(world.chats.values()) if not c.private and not c.moved_to]
        groups = [{"id": c.id, "name": c.title} for c in places[:SHOWN]]
        return _json({"users": users, "groups": groups})

    async def view(request: web.Request) -> web.Response:
        """All one person sees in one chat."""
        user = int(request.query["user"])
        chat = int(request.query.get("chat", user))
        try:
            found = {
                "messages": people.sees(user, chat),
                "quick": people.quick(user, chat),
                "draft": people.draft(user) if chat == user else None,
                "typing": bool(world.chats[chat].action),
                "toast": people.toast(user),
            }
        except ValueError as error:
            return _json({"error": str(error)})
        return _json(found)

    return [web.get("/", show), web.get("/_fake/who", who), web.get("/_fake/view", view)]


def _json(found: object) -> web.Response:
    return web.Response(text=json.dumps(found), content_type="application/json")
