"""`hocvu memory`: what the memory of an item comes to, for logs of reviews from elsewhere."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from math import isfinite, log
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from lessons.memory import Card, fsrs6, ideal

app = typer.Typer(no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A JSON file; - reads standard input.")]
FIELDS = ("params", "desired_retention", "reviews")
OLDER = {17: (0.0, 0.0, 0.0, 0.5), 19: (0.0, 0.5)}  # what FSRS-4.5 and FSRS-5 did not have


class _Wrong(ValueError):
    """What is wrong with the input, as a sentence."""


@app.callback()
def memory() -> None:
    """Memory: how long what was learned is kept."""


@app.command()
def replay(file: File) -> None:
    """Replay reviews through the product's memory: stability, difficulty, days until the next.

    FILE holds {"params": [21 numbers] or null, "desired_retention": 0.9, "reviews": [[grade, days
    since the review before], ...]} or a list of these. Prints a list with the state after every
    review; intervals are whole days, at least one, without fuzz or steps. Parameters of FSRS-4.5
    and FSRS-5 (17, 19) are understood.
    """
    try:
        given = json.loads(_text(file))
        histories = given if isinstance(given, list) else [given]
        replayed = [_replay(each, number) for number, each in enumerate(histories, 1)]
        typer.echo(json.dumps(replayed, allow_nan=False))
    except json.JSONDecodeError as reason:
        _end(f"{file}: this is not JSON: {reason}")
    except RecursionError:
        _end(f"{file}: the lists are too deep")
    except (OverflowError, ZeroDivisionError):
        _end(f"{file}: with these parameters the numbers leave all bounds")
    except (_Wrong, ValueError) as reason:
        _end(f"{file}: {reason}")


def _end(sentence: str) -> NoReturn:
    typer.echo(f"hocvu: {sentence}", err=True)
    raise typer.Exit(1)


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise _Wrong("this is not UTF-8 text") from None
    except OSError as reason:
        raise _Wrong(f"cannot be read: {reason.strerror}") from None


def _replay(history: Any, number: int) -> dict[str, list[float]]:
    where = f"history {number}"
    if not isinstance(history, dict) or not all(field in history for field in FIELDS):
        raise _Wrong(f"{where} is not an object with {', '.join(FIELDS)}")
    w = _parameters(history["params"], where)
    retention = history["desired_retention"]
    if not _number(retention) or not 0 < retention <= 1:
        raise _Wrong(f"{where}: desired_retention is not a number above 0 and up to 1")
    reviews = history["reviews"]
    if not isinstance(reviews, list):
        raise _Wrong(f"{where}: reviews is not a list")
    states: list[tuple[float, float]] = []
    for place, review in enumerate(reviews, 1):
        grade, days = _review(review, f"{where}, review {place}")
        after = fsrs6.after(w, *states[-1], days, grade) if states else fsrs6.first(w, grade)
        if not isfinite(after[0]) or not isfinite(after[1]):
            raise OverflowError
        states.append(after)
    return {
        "stability": [stability for stability, _ in states],
        "difficulty": [difficulty for _, difficulty in states],
        "interval_days": [
            ideal(Card(stability, difficulty, date.min, date.min), retention, w).days
            for stability, difficulty in states
        ],
    }


def _parameters(given: Any, where: str) -> Sequence[float]:
    if given is None:
        return fsrs6.DEFAULTS
    if not isinstance(given, list) or not all(map(_number, given)):
        raise _Wrong(f"{where}: params is neither null nor a list of numbers")
    if len(given) not in (17, 19, 21):
        raise _Wrong(f"{where}: params has {len(given)} numbers, not 21 (or 19, or 17)")
    w = [float(each) for each in given]
    if len(w) == 17:  # FSRS-4.5 counted difficulty from Good (fsrs-rs inference.rs)
        w[4:7] = [w[5] * 2 + w[4], log(max(w[5] * 3 + 1, 0.001)) / 3, w[6] + 0.5]
    w += OLDER.get(len(w), ())
    if min(*w[:4], w[20]) <= 0:
        raise _Wrong(f"{where}: params 1 to 4 and the last are not all above 0")
    return w


def _review(given: Any, where: str) -> tuple[int, int]:
    if not isinstance(given, list) or len(given) != 2 or not all(map(_whole, given)):
        raise _Wrong(f"{where} is not a pair of whole numbers: grade and days")
    grade, days = given
    if not 1 <= grade <= 4:
        raise _Wrong(f"{where}: the grade is {grade}, not 1, 2, 3 or 4")
    if days < 0:
        raise _Wrong(f"{where}: {days} days since the review before")
    return grade, days


def _number(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and isfinite(given)


def _whole(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)
