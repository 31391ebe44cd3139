"""What belongs to the installation and to nobody: courses, secrets, leases, halts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from lessons.course import Course
from storage.lines import LONGEST, changed, halt_name
from storage.tables import INSERT, metadata

COURSE, KEPT, LEASE = (metadata.tables[name] for name in ("course", "kept", "lease"))
DIALECTS = tuple(INSERT)

ADD_COURSE = {name: INSERT[name](COURSE).on_conflict_do_nothing() for name in DIALECTS}
FILES = select(COURSE.c.files).where(
    COURSE.c.id == bindparam("course"), COURSE.c.version == bindparam("version_")
)
VERSIONS = select(COURSE.c.id, COURSE.c.version).order_by(COURSE.c.id, COURSE.c.version)
ADD_SECRET = {name: INSERT[name](KEPT).on_conflict_do_nothing() for name in DIALECTS}
SECRET = select(KEPT.c.value).where(KEPT.c.name == bindparam("called"))
ADD_LEASE = {name: INSERT[name](LEASE) for name in DIALECTS}
TAKE_LEASE = {
    name: add.on_conflict_do_update(
        index_elements=[LEASE.c.name],
        set_={"owner": add.excluded.owner, "until": add.excluded.until},
        where=(LEASE.c.owner == add.excluded.owner)
        | (LEASE.c.until <= bindparam("now"))
        | (LEASE.c.until > bindparam("far")),
    )
    for name, add in ADD_LEASE.items()
}
HALT = {
    name: add.on_conflict_do_update(
        index_elements=[LEASE.c.name],
        set_={"until": add.excluded.until},
        where=LEASE.c.until < add.excluded.until,
    )
    for name, add in ADD_LEASE.items()
}
HALTED = select(LEASE.c.until).where(LEASE.c.name == bindparam("called"))
END_LEASE = LEASE.delete().where(
    LEASE.c.name == bindparam("called"), LEASE.c.owner == bindparam("whose")
)


def publish(connection: Connection, course: Course, now: datetime) -> bool:
    files = dict(course.files)
    row = {"id": course.id, "version": course.version, "files": files, "published_at": now}
    if connection.execute(ADD_COURSE[connection.dialect.name], row).rowcount == 1:
        return True
    if course_files(connection, course.id, course.version) != files:
        raise ValueError(changed(course))
    return False


def course_versions(connection: Connection) -> Sequence[tuple[str, int]]:
    return [(row.id, row.version) for row in connection.execute(VERSIONS)]


def course_files(connection: Connection, course_id: str, version: int) -> Mapping[str, str]:
    """Raises KeyError when this was never published."""
    row = connection.execute(FILES, {"course": course_id, "version_": version}).first()
    if row is None:
        raise KeyError((course_id, version))
    files: Mapping[str, str] = row.files
    return files


def secret(connection: Connection, name: str, fresh: str) -> str:
    connection.execute(ADD_SECRET[connection.dialect.name], {"name": name, "value": fresh})
    kept: str = connection.execute(SECRET, {"called": name}).scalar_one()
    return kept


def lease(connection: Connection, name: str, owner: str, now: datetime, until: datetime) -> bool:
    wish = {"name": name, "owner": owner, "until": until, "now": now, "far": now + LONGEST}
    return connection.execute(TAKE_LEASE[connection.dialect.name], wish).rowcount == 1


def release(connection: Connection, name: str, owner: str) -> None:
    connection.execute(END_LEASE, {"called": name, "whose": owner})


def halted(connection: Connection, platform: str) -> datetime | None:
    until: datetime | None = connection.execute(HALTED, {"called": halt_name(platform)}).scalar()
    return until


def halt(connection: Connection, platform: str, until: datetime) -> None:
    """A lease that nobody holds: what counts is its end."""
    wish = {"name": halt_name(platform), "owner": "", "until": until}
    connection.execute(HALT[connection.dialect.name], wish)
