"""A person goes on learning on another device: a one-time code joins its address to the learner."""

from datetime import datetime

from lessons.facts import Linked
from lessons.messages import Address, Said
from lessons.ports import Learners, Saving
from lessons.texts import Voice


async def join(store: Learners, code: str, address: Address, now: datetime) -> bool:
    """Join the address to the learner of the code and say so there; False for a wrong code."""
    learner = await store.redeem_code(code.strip().upper(), address, now)
    if learner is None:
        return False
    voice = Voice(learner.language, learner.form)
    said = Said(voice.say("link.joined"), learner.offered)
    await store.save(Saving(learner, address, now, says=(said,), facts=(Linked(address.platform),)))
    return True
