"""Going on with a linking code, after the person has said so: a link alone changes nothing."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lessons.texts import say
from web.chat import Behind
from web.safety import from_our_page, small_body
from web.visitors import Visitor, page_language

CODE = r"^[A-Za-z0-9]{1,32}$"  # nothing else is shown: a link could put its words into the page

router = APIRouter(prefix="/chat")


class Join(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: str = Field(pattern=CODE)


@router.post("/join", dependencies=[Depends(from_our_page)])
async def join(
    request: Request, door: Behind, visitor: Visitor, body: Annotated[bytes, Depends(small_body)]
) -> Response:
    """204 when this browser now is the learner's of the code, 404 for a code that is not valid."""
    try:
        asked = Join.model_validate_json(body)
    except ValidationError:
        raise HTTPException(400) from None
    if await door.join(asked.code, visitor):
        return Response(status_code=204)
    return JSONResponse({"detail": say(page_language(request), "link.invalid")}, 404)
