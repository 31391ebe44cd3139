"""The store in dictionaries: for demonstrations, `hocvu chat --replay` and tests.

Nothing is awaited between looking and writing, so each call is one commit.
"""

from storage.in_memory.broadcasts import MemoryBroadcasts
from storage.in_memory.household import MemoryHousehold
from storage.in_memory.inbox import MemoryInbox


class MemoryStore(MemoryBroadcasts, MemoryInbox, MemoryHousehold):
    """All that is remembered, until the process ends. Message ids count up from `first`."""

    def __init__(self, first: int = 1) -> None:
        MemoryBroadcasts.__init__(self, first)
        MemoryInbox.__init__(self)
        MemoryHousehold.__init__(self)

    async def close(self) -> None:
        """Nothing to close."""
