"""A person goes on learning on another device: a one-time code joins its address to the learner."""

from datetime import datetime

from lessons.facts import Linked
from lessons.messages import Address, Heard, Said
from lessons.ports import Learners, Saving, Stale, Unavailable
from lessons.texts import Voice

TRIES = 3  # how often it is tried again when somebody else saves first


async def join(
    store: Learners, code: str, address: Address, now: datetime, heard: Heard | None = None
) -> bool:
    """Join the address to the learner of the code and say so there; False for a wrong code.
    `heard` is the message that asked for it, if one did.

    Raises Unavailable when others saved first again and again; then the code may be used already.
    """
    for _ in range(TRIES):
        try:
            if await store.redeem_code(code.strip().upper(), address, now) is None:
                return False
            break
        except Stale:
            continue
    for _ in range(TRIES):
        try:
            return await _welcomed(store, address, now, heard)
        except Stale:
            continue
    raise Unavailable("the learner was saved by somebody else again and again")


async def _welcomed(store: Learners, address: Address, now: datetime, heard: Heard | None) -> bool:
    learner = await store.learner(address)
    if learner is None:
        return False
    said = Said(Voice(learner.language, learner.form).say("link.joined"), learner.offered)
    await store.save(Saving(learner, address, now, heard, (said,), (Linked(address.platform),)))
    return True
