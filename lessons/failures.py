"""How the world may fail: a platform on the way out and in, a store.

Failures on the way out: `TryLater`, `Gone`, `Moved`, `Refused`, `Unknown`; on the way in: `Forged`.
Failures of a Store: `Stale` (somebody saved first: load and decide again), `Repeated` (this update
was handled before) and `Unavailable` (locked, read-only, unreachable: nothing was saved).
"""


class Stale(Exception):
    """The learner was saved by somebody else since it was loaded."""


class Repeated(Exception):
    """This update of this platform was handled before."""


class Unavailable(Exception):
    """The store cannot be used now; the text says why, for the operator."""


class TryLater(Exception):
    """The platform asks to wait `seconds` before the next message."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds} s")
        self.seconds = seconds


class Gone(Exception):
    """This person cannot be written to any more (blocked, deleted, left)."""


class Moved(Exception):
    """This chat has another name now; the message is to be sent there."""

    def __init__(self, chat: str) -> None:
        super().__init__("the chat has moved")
        self.chat = chat


class Refused(Exception):
    """The platform will never take this message."""


class Unknown(Exception):
    """The message may or may not have arrived (decision 0003)."""


class Stopped(Exception):
    """The person does not want to wait for the answer that is being made."""


class Forged(Exception):
    """What came in does not come from the platform it claims to come from."""
