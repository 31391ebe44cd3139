"""Pictures of what was forecast and measured; the only door of matplotlib, which is loaded late.

Numbers in, a PNG file out: no display is needed. The file's folder must exist.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, BARS, LINE, FAINT = "#222222", "#9db8d2", "#b3541e", "#bbbbbb"
COLOURS = ("#b3541e", "#2f6690", "#7a9e45", "#8c5b9c", "#c79a2b", "#666666")
WIDTH, HEIGHT, DOTS = 8.0, 4.2, 110  # inches, per inch

Bins = Sequence[tuple[float, float, int]]  # recall as predicted, as observed, reviews


def plan(
    to: Path,
    days: Sequence[date],
    reviews: Sequence[float],
    recall: Sequence[float],
    cap: int,
    exam: date | None = None,
) -> None:
    """Reviews of each day as bars, recall of all learned so far as a line; the budget and the
    exam marked."""
    figure, axes = _empty("reviews a day", "")
    across = [day.toordinal() for day in days]
    axes.bar(across, reviews, color=BARS, width=1.0, label="reviews")
    axes.set_ylim(0, max(1, *reviews) * 1.2)
    if cap <= 1.2 * max(reviews):
        axes.axhline(cap, color=INK, linestyle="--", linewidth=1, label=f"budget: {cap} a day")
    other = axes.twinx()
    began = next((n for n, each in enumerate(recall) if each), 0)
    shown = [100 * each for each in recall[began:]]
    other.plot(across[began:], shown, color=LINE, label="recall of what is learned")
    other.set_ylim(0, 100)
    other.set_ylabel("%", color=INK)
    other.spines["top"].set_visible(False)
    if exam is not None:
        axes.axvline(exam.toordinal(), color=INK, linewidth=1, label="exam")
    _dates(axes, days)
    figure.legend(loc="outside upper center", ncols=4, frameon=False, fontsize=8)
    _save(figure, to)


def workload(to: Path, rows: Sequence[tuple[float, float, float]]) -> None:
    """Rows of (retention, reviews, remembered items): what a higher retention costs."""
    figure, axes = _empty("reviews for each item remembered", "retention aimed at")
    across = [retention for retention, _, _ in rows]
    costs = [reviews / remembered for _, reviews, remembered in rows]
    axes.plot(across, costs, color=LINE, marker="o")
    for at, cost, (_, _, remembered) in zip(across, costs, rows, strict=True):
        axes.annotate(
            f"{remembered:.0f}", (at, cost), (0, 8), textcoords="offset points", ha="center"
        )
    axes.set_ylim(0, max(costs) * 1.15)
    axes.set_title("beside each point: items remembered after a year", fontsize=9)
    _save(figure, to)


def calibration(to: Path, models: Mapping[str, Bins]) -> None:
    """Predicted recall against observed, by model; the diagonal is right. A dot grows with its
    reviews."""
    figure, axes = _empty("observed recall", "predicted recall")
    axes.plot([0, 1], [0, 1], color=FAINT, linestyle="--", linewidth=1)
    for number, (name, bins) in enumerate(models.items()):
        most = max((reviews for _, _, reviews in bins), default=1)
        colour = COLOURS[number % len(COLOURS)]
        predicted, observed = [each[0] for each in bins], [each[1] for each in bins]
        axes.plot(predicted, observed, color=colour, linewidth=1, label=name)
        axes.scatter(predicted, observed, [4 + 60 * each[2] / most for each in bins], color=colour)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.legend(loc="upper left", frameon=False, fontsize=8)
    _save(figure, to)


def hours(to: Path, sent: Sequence[float], quiet: tuple[float, float] = (21.5, 6.5)) -> None:
    """How many reminders in each half hour of the learner's clock (0 to 24); the quiet
    hours are shaded."""
    figure, axes = _empty("reminders", "the learner's clock")
    begin, end = quiet
    axes.axvspan(begin, 24, color=FAINT, alpha=0.4, linewidth=0, label="quiet hours")
    axes.axvspan(0, end, color=FAINT, alpha=0.4, linewidth=0)
    axes.hist(sent, bins=[half / 2 for half in range(49)], color=LINE)
    axes.set_xlim(0, 24)
    axes.set_xticks(range(0, 25, 3), [f"{hour:02}:00" for hour in range(0, 25, 3)])
    axes.legend(loc="upper left", frameon=False, fontsize=8)
    _save(figure, to)


def loads(to: Path, schedules: Mapping[str, Sequence[float]], first: date) -> None:
    """Reviews of each day for some schedules, one above the other."""
    figure, all_axes = _figure(len(schedules))
    top = max(max(each) for each in schedules.values())
    for axes, (name, reviews) in zip(all_axes, schedules.items(), strict=True):
        across = [first.toordinal() + n for n in range(len(reviews))]
        axes.bar(across, reviews, color=BARS, width=1.0)
        axes.set_ylim(0, top * 1.05)
        axes.set_title(name, fontsize=9, loc="left")
        _dates(axes, [date.fromordinal(each) for each in across])
    _save(figure, to)


def _empty(up: str, across: str) -> "tuple[Figure, Axes]":
    figure, (axes,) = _figure(1)
    axes.set_ylabel(up, color=INK)
    axes.set_xlabel(across, color=INK)
    return figure, axes


def _figure(rows: int) -> "tuple[Figure, list[Axes]]":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, max(HEIGHT, 1.5 * rows)), layout="constrained")
    FigureCanvasAgg(figure)
    all_axes = [figure.add_subplot(rows, 1, row + 1) for row in range(rows)]
    for axes in all_axes:
        axes.spines[["top", "right"]].set_visible(False)
    return figure, all_axes


def _dates(axes: "Axes", days: Sequence[date]) -> None:
    """At most seven dates below, written in full."""
    shown = days[:: -(-len(days) // 7)]
    axes.set_xticks([day.toordinal() for day in shown], [f"{day}" for day in shown], fontsize=8)


def _save(figure: "Figure", to: Path) -> None:
    figure.savefig(to, dpi=DOTS, metadata={"Software": None})
