"""A person goes on learning on another device: a one-time code joins its address to the learner."""

from datetime import datetime

from lessons.facts import Linked
from lessons.messages import Address, Said
from lessons.ports import Learners, Saving, Stale, Unavailable
from lessons.texts import Voice

TRIES = 3  # how often it is tried again when somebody else saves first


async def join(store: Learners, code: str, address: Address, now: datetime) -> bool:
    """Join the address to the learner of the code and say so there; False for a wrong code.

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
            return await _welcomed(store, address, now)
        except Stale:
            continue
    raise Unavailable("the learner was saved by somebody else again and again")


async def _welcomed(store: Learners, address: Address, now: datetime) -> bool:
    learner = await store.learner(address)
    if learner is None:
        return False
    said = Said(Voice(learner.language, learner.form).say("link.joined"), learner.offered)
    await store.save(Saving(learner, address, now, says=(said,), facts=(Linked(address.platform),)))
    return True
