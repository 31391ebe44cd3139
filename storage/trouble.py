"""What may go wrong with a database, in a sentence for the operator."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from lessons.ports import Stale, Unavailable

# https://sqlite.org/rescode.html, the primary codes
SQLITE = {
    3: "access was refused",
    5: "another program kept it locked for too long",
    6: "another program kept it locked for too long",
    8: "it can only be read, not written: check the rights of the file and of its folder",
    10: "the disk cannot be read or written",
    11: "it is damaged: put back a copy of it",
    13: "the disk is full",
    14: "it cannot be opened: check that its folder exists and may be written",
    15: "another program kept it locked for too long",
    26: "this file is not a database",
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html, classes and codes
POSTGRES = {
    "08": "the connection broke",
    "25006": "it can only be read now, not written",
    "28": "the name or the password was refused",
    "3D": "there is no database of this name",
    "42501": "this user lacks the rights",
    "53100": "the disk is full",
    "53300": "it has too many connections",
    "53": "it lacks memory, disk or connections",
    "55P03": "a lock was held for too long",
    "57": "it is starting, stopping or too slow",
    "58": "the disk cannot be read or written",
}
TANGLED = ("40001", "40P01")  # two transactions in each other's way: one of them is to try again


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turns the troubles of the database at `where` into Unavailable; a bug stays what it is."""
    try:
        yield
    except NoConnectionFree as error:
        raise Unavailable(f"{where}: all connections are busy") from error
    except DBAPIError as error:
        cause = error.orig or error
        if getattr(cause, "sqlstate", None) in TANGLED:
            raise Stale from error
        _explain(where, cause, broken=error.connection_invalidated)
        raise
    except Exception as error:
        _explain(where, error)
        raise


def _explain(where: str, cause: BaseException, broken: bool = False) -> None:
    """Raises Unavailable when the trouble is the database's and not ours."""
    why = None
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        why = SQLITE.get(code & 0xFF)
    elif (state := getattr(cause, "sqlstate", None)) is not None:
        why = POSTGRES.get(state) or POSTGRES.get(state[:2])
    elif isinstance(cause, OSError):
        why = f"it cannot be reached: {cause.strerror or 'no answer in time'}"
    elif broken:
        why = POSTGRES["08"]
    if why is not None:
        raise Unavailable(f"{where}: {why}") from cause
