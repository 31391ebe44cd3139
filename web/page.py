"""The page of the web chat, its frame in the browser's language, and its few error pages."""

import hashlib
import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from lessons.ports import Unavailable
from lessons.texts import languages, say
from web.chat import Behind
from web.joining import CODE
from web.visitors import met, page_language, remember, remember_language, stranger

HERE = Path(__file__).parent
STATIC = HERE / "static"
SENTENCES = (400, 401, 403, 404, 413, 500, 503)  # other refusals are said like 400

router = APIRouter()
templates = Jinja2Templates(HERE / "templates")


@cache
def static(name: str) -> str:
    """The address of a static file; it changes with the content, so browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


templates.env.globals.update(static=static, languages=languages())


@router.get("/")
async def page(request: Request, door: Behind, code: str = "", language: str = "") -> Response:
    """The chat page; `code` asks whether this browser shall go on with it, `language` changes the
    frame. Whatever the address says, no learner is changed: anybody can make somebody follow it."""
    known = met(request)
    address = known or stranger()
    code = code.strip().upper()
    response: Response
    if language in languages():
        response = RedirectResponse("/", 303)
        remember_language(request, response, language)
    elif re.fullmatch(CODE, code):
        replaces = known is not None and await door.known(known)
        response = render(request, "join.html", {"code": code, "replaces": replaces})
    else:
        newest = await door.store.history(address, 0, 1) if known else ()
        context = {
            "newest": newest[-1].id if newest else "",
            "notice": "link.invalid" if code else "",
        }
        response = render(request, "chat.html", context)
    remember(request, response, address)
    return response


def render(
    request: Request, template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    language = page_language(request)
    words: dict[str, object] = {"language": language, "say": partial(say, language)}
    return templates.TemplateResponse(request, template, words | {"say_in": say, **context}, status)


async def refuse(request: Request, error: Exception) -> Response:
    """A sentence instead of a number: a page for a person, JSON for our script."""
    status = _status(error)
    key = f"web.error.{status if status in SENTENCES else 400}"
    if "text/html" in request.headers.get("accept", ""):
        return render(request, "error.html", {"key": key}, status)
    return JSONResponse({"detail": say(page_language(request), key)}, status)


def _status(error: Exception) -> int:
    match error:
        case HTTPException():
            return error.status_code
        case RequestValidationError():
            return 400
        case Unavailable():
            return 503
    return 500
