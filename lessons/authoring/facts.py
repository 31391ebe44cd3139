"""The list under the heading Facts: each bullet a Claim with its source, mark and dates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lessons.authoring import wording
from lessons.authoring.page import BULLET, Line, Page
from lessons.course import Claim

KEYS = ("source", "mark", "as_of", "review_by")
DETAIL = re.compile(r"([\w -]+?)\s*:\s*(.*)")


@dataclass(slots=True)
class _Draft:
    line: int
    text: str
    details: dict[str, tuple[int, str]] = field(default_factory=dict)


def read_facts(page: Page, lines: Iterable[Line]) -> tuple[Claim, ...]:
    """The facts of a lesson; those with problems are left out."""
    drafts: list[_Draft] = []
    for line in lines:
        if line.text:
            _read_line(page, line, drafts)
    claims = [_claim(page, draft) for draft in drafts]
    return tuple(claim for claim in claims if claim is not None)


def _read_line(page: Page, line: Line, drafts: list[_Draft]) -> None:
    bullet = BULLET.match(line.text)
    if bullet is None:
        page.wrong(line.number, wording.NOT_A_FACT.format(text=line.shown))
        return
    content = line.text[bullet.end() :]
    detail = DETAIL.fullmatch(content)
    key = detail[1].lower().replace(" ", "_").replace("-", "_") if detail else ""
    if detail and (key in KEYS or line.indented):
        _read_detail(page, line, (key, detail[2]), drafts)
    elif line.indented:
        page.wrong(line.number, wording.NOT_A_FACT_DETAIL.format(text=line.shown))
    else:
        drafts.append(_Draft(line.number, content))


def _read_detail(page: Page, line: Line, detail: tuple[str, str], drafts: list[_Draft]) -> None:
    key, value = detail
    if key not in KEYS:
        page.wrong(line.number, wording.KEY_UNKNOWN.format(key=key, known=", ".join(KEYS)))
    elif not value:
        page.wrong(line.number, wording.KEY_EMPTY.format(key=key))
    elif not drafts:
        page.wrong(line.number, wording.DETAIL_WITHOUT_FACT.format(key=key))
    elif key in drafts[-1].details:
        first = drafts[-1].details[key][0]
        page.wrong(line.number, wording.KEY_TWICE.format(key=key, line=first))
    else:
        drafts[-1].details[key] = (line.number, value)


def _claim(page: Page, draft: _Draft) -> Claim | None:
    missing = [key for key in KEYS if key not in draft.details]
    for key in missing:
        page.wrong(draft.line, wording.FACT_LACKS.format(key=key))
    as_of, review_by = _date(page, draft, "as_of"), _date(page, draft, "review_by")
    if missing or as_of is None or review_by is None:
        return None
    source, mark = draft.details["source"][1], draft.details["mark"][1].upper()
    return Claim(draft.text, source, mark, as_of, review_by, draft.line)


def _date(page: Page, draft: _Draft, key: str) -> date | None:
    line, value = draft.details.get(key, (0, ""))
    if not value:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    page.wrong(line, wording.NOT_A_DATE.format(key=key, value=value))
    return None
