"""One text to everybody who agreed: a row for each of them, in batches, each in one commit.

A batch may be done twice, by any process: a row that is there already stays.
"""

from datetime import datetime

from lessons import timing
from lessons.broadcasts import Announcement
from lessons.messages import Said
from lessons.ports import Broadcasts

AT_ONCE = 500  # rows of one commit


async def spread(store: Broadcasts, now: datetime) -> int:
    """Rows for the broadcasts that not everybody has one of yet; returns how many were made.

    Nobody is written to in the quiet hours of their own time zone.
    """
    made = 0
    for name, text in await store.unspread():
        said = Said(text, kind="broadcast")
        while listeners := await store.listeners(name, AT_ONCE):
            rows = [
                Announcement(each, said, timing.out_of_quiet(now, each.timezone))
                for each in listeners
            ]
            await store.spread(name, rows, len(rows) < AT_ONCE, now)
            made += len(rows)
            if len(rows) < AT_ONCE:
                break
        else:
            await store.spread(name, (), True, now)
    return made
