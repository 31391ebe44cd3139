"""What keeps a browser safe: headers on every answer, and messages only from our own page."""

from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 64 * 1024  # bytes
UPDATE_LIMIT = 1024 * 1024  # bytes; a long message may quote another one
ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # an address can carry a linking code
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOR_EVER = "public, max-age=31536000, immutable"  # the page names static files by their content


class SafeHeaders:
    """Wraps the application: the same headers on every answer, and nothing personal in a cache."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(ALWAYS)
                lasting = scope["path"].startswith("/static/") and message["status"] in (200, 304)
                headers["Cache-Control"] = FOR_EVER if lasting else "no-store"
            await send(message)

        await self.app(scope, receive, send_safely)


def from_our_page(request: Request) -> None:
    """Refuse what another site makes a browser send: 403; 415 for what a plain form could send.

    Browsers say where a request comes from in Sec-Fetch-Site, which no page can forge and no proxy
    rewrites, older ones in Origin; a program that says neither is no browser and carries nobody's
    cookie against their will.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is None and origin is not None:
        ours = urlsplit(origin).netloc == request.headers.get("host")
    else:
        ours = site in (None, "same-origin")
    if not ours:
        raise HTTPException(403)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415)


async def small_body(request: Request) -> bytes:
    """The body of what a page sends, or 413 as soon as it is too large."""
    return await _body(request, BODY_LIMIT)


async def update_body(request: Request) -> bytes:
    """The body of what a messenger's server sends."""
    return await _body(request, UPDATE_LIMIT)


async def _body(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise HTTPException(413)
    return bytes(body)
