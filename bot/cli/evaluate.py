"""`hocvu eval`: how well the product does, measured on logs; one function per command."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer

app = typer.Typer(no_args_is_help=True)

LogFile = Annotated[Path, typer.Argument(metavar="LOG.csv", help="A CSV file of reviews.")]
Zone = Annotated[str, typer.Option("--tz", help="The learner's time zone: Asia/Ho_Chi_Minh.")]
Rollover = Annotated[int, typer.Option(help="The hour at which a learner's day begins.")]
Fit = Annotated[bool, typer.Option("--fit", help="Also fit the product to this learner.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]


@app.callback()
def evaluation() -> None:
    """Evaluation: how well the product does, measured."""


@app.command()
def memory(
    log: LogFile,
    zone: Zone = "Asia/Ho_Chi_Minh",
    rollover: Rollover = 3,
    fit: Fit = False,
    as_json: AsJson = False,
) -> None:
    """How well memory foretells what is remembered, beside SM-2, HLR and others.

    LOG.csv has the columns card_id, review_time (milliseconds or ISO 8601) and review_rating (1 to
    4). Judged are reviews a day or more after the card's last, in five parts by time; what is
    fitted sees only reviews before the part.
    """
    from evaluation.memory import foretold
    from evaluation.review_log import Unreadable, read

    try:
        with log.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            found = foretold(read(lines, zone, rollover), fitted=fit).scores()
    except Unreadable as reason:
        _end(f"{log}: {reason}")
    except OSError as reason:
        _end(f"{log}: cannot be read: {reason.strerror}")
    if as_json:
        models = {name: asdict(each) for name, each in found.items()}
        typer.echo(json.dumps({"models": models}, indent=2))
        return
    typer.echo(f"{'':16}log loss  RMSE(bins)    AUC  reviews")
    for name, each in found.items():
        auc = "–" if each.auc is None else f"{each.auc:.3f}"
        typer.echo(f"{name:16}{each.log_loss:8.4f}{each.rmse_bins:12.4f}{auc:>7}{each.n:9}")


@app.command()
def fitting(
    learners: Annotated[int, typer.Option(min=1, help="How many simulated learners.")] = 8,
    as_json: AsJson = False,
) -> None:
    """Ways to fit memory to a learner, compared on simulated learners: how much less log loss (in
    thousandths) than with default parameters, on the reviews after those it was fitted to."""
    from evaluation.rolling import SIZES, gains, simulated

    each = [gains(log) for log in simulated(learners)]
    ways = {
        name: [round(1_000 * sum(one[name][size] for one in each) / learners, 2)
               for size in range(len(SIZES))]
        for name in each[0]
    }  # fmt: skip
    if as_json:
        typer.echo(json.dumps({"sizes": SIZES, "gains": ways}, indent=2))
        return
    typer.echo(f"{'reviews':28}" + "".join(f"{size:7}" for size in SIZES))
    for name, row in ways.items():
        typer.echo(f"{name:28}" + "".join(f"{gain:7.1f}" for gain in row))


def _end(sentence: str) -> NoReturn:
    typer.echo(f"hocvu: {sentence}", err=True)
    raise typer.Exit(1)
