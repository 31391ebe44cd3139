"""Who a browser is: a random chat token in a signed cookie, and the language it asks for."""

import hashlib
import secrets
from typing import Annotated

from fastapi import Depends, HTTPException, Request, Response
from itsdangerous import BadSignature, Signer

from lessons.messages import Address
from lessons.texts import languages

PLATFORM = "web"
WHO = "hocvu"
LANGUAGE = "hocvu_language"
DAYS_400 = 400 * 24 * 3600  # the longest life browsers allow a cookie


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="hocvu.web.chat", digest_method=hashlib.sha256)


def _secret(request: Request) -> str:
    return str(request.app.state.door.secret)


def met(request: Request) -> Address | None:
    """The address this browser was given earlier; None when it has none of ours."""
    try:
        token = _signer(_secret(request)).unsign(request.cookies.get(WHO, ""))
    except BadSignature:
        return None
    return Address(PLATFORM, token.decode())


def stranger() -> Address:
    return Address(PLATFORM, secrets.token_hex(16))


def _keep(request: Request, response: Response, name: str, value: str) -> None:
    https = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=DAYS_400, httponly=True, samesite="lax", secure=https)


def remember(request: Request, response: Response, address: Address) -> None:
    """Give the browser its address, or renew it for another 400 days."""
    signed = _signer(_secret(request)).sign(address.chat).decode()
    _keep(request, response, WHO, signed)


def remember_language(request: Request, response: Response, language: str) -> None:
    _keep(request, response, LANGUAGE, language)


def asked_language(request: Request) -> str:
    """The language chosen here, or else the first of ours the browser asks for; "" when none is."""
    chosen = request.cookies.get(LANGUAGE)
    if chosen in languages():
        return str(chosen)
    wishes = [_wish(part) for part in request.headers.get("accept-language", "").split(",")]
    wanted = [language for weight, language in sorted(wishes, key=lambda w: -w[0]) if weight > 0]
    return next((language for language in wanted if language in languages()), "")


def _wish(part: str) -> tuple[float, str]:
    """ "fr-CA;q=0.8" -> (0.8, "fr")."""
    tag, _, weight = part.partition(";q=")
    try:
        return float(weight or 1), tag.strip().lower().partition("-")[0]
    except ValueError:
        return 0, ""


def page_language(request: Request) -> str:
    return asked_language(request) or languages()[0]


def _known(request: Request) -> Address:
    if (address := met(request)) is None:
        raise HTTPException(401)
    return address


Visitor = Annotated[Address, Depends(_known)]  # 401 for a browser that never opened the page
