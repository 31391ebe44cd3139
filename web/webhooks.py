"""Where a messenger's server sends what it hears: kept when the answer is 200, and then handled."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request

from lessons.ports import Forged
from web.chat import Behind
from web.safety import update_body

router = APIRouter()


@router.post("/{platform}/webhook")
async def webhook(
    request: Request, door: Behind, platform: str, body: Annotated[bytes, Depends(update_body)]
) -> dict[str, bool]:
    """403 for what does not prove where it comes from; 503 when it could not be kept: the server
    sends it again."""
    hook = door.hooks.get(platform)
    if hook is None:
        raise HTTPException(404)
    try:
        await hook(request.headers, body)
    except Forged:
        raise HTTPException(403) from None
    return {"ok": True}
