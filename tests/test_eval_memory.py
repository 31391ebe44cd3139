"""`hocvu eval memory`: scores as others compute them, nobody sees the future, plain mistakes."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.cli.evaluate import app
from evaluation import memory, peers, review_log, scores
from evaluation.review_log import ReviewLog, Unreadable
from evaluation.simulated import Kind, learner
from lessons.memory.logs import Review, log

NAMES = ["product", "product_fitted", "fsrs6_24h", "sm2", "hlr", "moving_average"]
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def csv(reviews: Iterable[Review], header: str = "card_id,review_time,review_rating") -> str:
    """A file of reviews, a minute apart within a day."""
    lines = [header]
    for number, (card, day, grade, _) in enumerate(reviews):
        when = START + timedelta(days=day, minutes=number % 300)
        lines.append(f"{card},{when.isoformat()},{grade}")
    return "\n".join(lines) + "\n"


def people(reviews: int = 1_500, seed: int = 1) -> list[Review]:
    return learner(Kind(), reviews, seed)


def read(text: str, zone: str = "UTC", rollover: int = 3) -> ReviewLog:
    return review_log.read(text.splitlines(), zone, rollover)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(csv(people()), "utf-8")
    return path


def test_the_models_and_their_scores_as_json(file: Path) -> None:
    done = CliRunner().invoke(app, ["memory", str(file), "--tz", "UTC", "--fit", "--json"])
    assert done.exit_code == 0, done.stderr
    models = json.loads(done.stdout)["models"]
    assert list(models) == NAMES
    assert {tuple(each) for each in models.values()} == {("log_loss", "rmse_bins", "auc", "n")}
    scored = int(read(csv(people())).log.scored.sum())
    assert {each["n"] for each in models.values()} == {scored // 6 * 5}
    assert models["product_fitted"]["log_loss"] < models["sm2"]["log_loss"]


def test_a_table_for_people(file: Path) -> None:
    done = CliRunner().invoke(app, ["memory", str(file), "--tz", "UTC"])
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["log", "loss", "RMSE(bins)", "AUC", "reviews"]
    assert [line.split()[0] for line in lines[1:]] == [n for n in NAMES if n != "product_fitted"]


@pytest.mark.slow
def test_no_model_sees_the_future() -> None:
    """With every answer of the last part turned round, the parts before are foretold the same."""
    told = people()
    start = len(told) - 150
    turned = [
        each._replace(grade=1 if each.grade > 1 else 3) if row >= start else each
        for row, each in enumerate(told)
    ]
    one, two = (memory.foretold(read(csv(each)), fitted=True) for each in (told, turned))
    size = len(one.recalled) // 5
    assert (one.recalled[-size:] != two.recalled[-size:]).any()
    for name in NAMES:
        assert np.array_equal(one.models[name][:-size], two.models[name][:-size]), name


def test_evening_and_next_morning_are_a_day_apart() -> None:
    """21:00 and 08:30 in Hanoi: one learner day, no period of 24 hours."""
    lines = ["card_id,review_time,review_rating", "7,2026-11-23T14:00:00+00:00,3"]
    found = read("\n".join([*lines, "7,2026-11-24T01:30:00+00:00,3"]), "Asia/Ho_Chi_Minh")
    assert found.log.days.tolist() == [0, 1]
    assert peers.fsrs6_24h(found).tolist() == [1, 1]
    late = read("\n".join([*lines, "7,2026-11-23T19:59:00+00:00,3"]), "Asia/Ho_Chi_Minh")
    assert late.log.days.tolist() == [0, 0]  # 02:59, before the day changes


def test_milliseconds_iso_and_local_time_are_the_same_moment() -> None:
    header = "extra,review_rating,review_time,card_id"
    times = ("1764554400000", "2025-12-01T02:00:00Z", "2025-12-01T09:00:00", "2025-12-01 09:00+07")
    text = "\n".join([header, *(f"x,3,{when},{number}" for number, when in enumerate(times))])
    found = read(text, "Asia/Ho_Chi_Minh")
    assert set(found.seconds.tolist()) == {1764554400}


def test_rows_are_put_in_order_of_time() -> None:
    told = csv(people(200)).splitlines()
    assert np.array_equal(
        read("\n".join(told)).log.days, read("\n".join([told[0], *reversed(told[1:])])).log.days
    )


def test_scores_by_hand() -> None:
    foretold = np.array([0.9, 0.8, 0.6, 0.6])
    recalled = np.array([True, True, False, True])
    found = scores.scores(foretold, recalled, np.array([0, 0, 5, 5]))
    assert found.log_loss == pytest.approx(-np.log([0.9, 0.8, 0.4, 0.6]).mean())
    assert found.auc == pytest.approx((1 + 1 + 0.5) / 3)
    assert found.rmse_bins == pytest.approx(np.sqrt((2 * 0.15**2 + 2 * 0.1**2) / 4))
    assert scores.auc(foretold, np.ones(4, np.bool_)) is None
    assert scores.losses(np.array([0.0]), np.array([True])) == pytest.approx(-np.log(1e-6))


def test_like_reviews_are_those_of_srs_benchmark() -> None:
    """Its rmse_matrix names a group by rounded values; ours by number. The same groups."""
    columns = log(people(3_000))
    known: dict[int, tuple[int, int]] = {}
    names = []
    rows = zip(columns.card.tolist(), columns.days.tolist(), columns.grade.tolist(), strict=True)
    for card, days, grade in rows:
        number, lapses = known.get(card, (1, 0))
        number += days > 0
        known[card] = (number, lapses + (days > 0 and grade == 1))
        name = (
            round(2.48 * 3.62 ** np.floor(np.log(max(days, 1)) / np.log(3.62)), 2),
            round(1.99 * 1.89 ** np.floor(np.log(number) / np.log(1.89)), 0),
            round(1.65 * 1.73 ** np.floor(np.log(lapses) / np.log(1.73)), 0) if lapses else 0,
        )
        names.append(name)
    groups = scores.likeness(columns).tolist()
    assert len(set(zip(groups, names, strict=True))) == len(set(groups)) == len(set(names)) > 20


def test_sm2_by_hand() -> None:
    """1 day, 6 days, then times the ease; a lapse begins anew; the same day is not seen."""
    told = [(0, 3), (1, 3), (7, 3), (7, 1), (20, 1), (21, 3), (23, 3)]
    recall = peers.sm2(log(Review("a", day, grade) for day, grade in told))
    intervals = [1, 6, 15, 1, 1]
    days = [1, 6, 13, 1, 2]
    expected = [0.9 ** (away / of) for away, of in zip(days, intervals, strict=True)]
    assert recall[[1, 2, 4, 5, 6]] == pytest.approx(expected)


def test_the_moving_average_follows_the_learner() -> None:
    told = [Review(card, day, 3 if day < 5 else 1) for day in range(10) for card in "ab"]
    recall = peers.moving_average(log(told))
    assert recall[2] == pytest.approx(1 / (1 + np.exp(-1.2)))
    assert recall[3] == pytest.approx(1 / (1 + np.exp(-1.2 - 0.3 * (1 - recall[2]))))
    assert recall[9] > recall[2] > recall[19]


def test_hlr_finds_that_passes_lengthen_memory() -> None:
    columns = log(people(2_000))
    recall = peers.hlr(columns, len(columns))
    apart = scores.auc(recall[columns.scored], columns.recalled[columns.scored])
    assert apart is not None
    assert apart > 0.55


def test_calibration_groups_are_of_equal_size_and_in_order() -> None:
    found = memory.foretold(read(csv(people())), fitted=False)
    groups = found.calibration(5)["product"]
    assert [round(each, 3) for each, _, _ in groups] == sorted(round(e, 3) for e, _, _ in groups)
    assert sum(size for _, _, size in groups) == len(found.recalled)
    assert max(size for _, _, size in groups) - min(size for _, _, size in groups) <= 1


def test_a_gain_has_an_interval_around_it() -> None:
    found = memory.foretold(read(csv(people())), fitted=False)
    gain, low, high = found.gain("product", over="sm2")
    assert low < gain < high
    assert found.gain("product", over="product") == (0, 0, 0)


def test_halves_share_no_card_and_miss_none() -> None:
    whole = read(csv(people(400)))
    even, odd = memory.half(whole, 0), memory.half(whole, 1)
    assert not set(even.names) & set(odd.names)
    assert set(even.names) | set(odd.names) == set(whole.names)
    assert len(even.log) + len(odd.log) == len(whole.log)
    assert len(even.names) == even.log.card.max() + 1


HEADER = "card_id,review_time,review_rating\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "line 1: there is no column card_id, review_time, review_rating"),
        ("card_id,review_rating\n1,3\n", "line 1: there is no column review_time"),
        (HEADER, "the log has no reviews"),
        (HEADER + "1,1764554400000,3\n", "0 reviews come a day or more after"),
        (HEADER + "1,1764554400000,3\n1,soon,3\n", "line 3: review_time is 'soon'"),
        (HEADER + "1,,3\n", "line 2: review_time is ''"),
        (HEADER + "1\n", "line 2: review_rating is ''"),
        (HEADER + "1,9999999999999999999,3\n", "line 2: review_time is"),
        (HEADER + "1,1764554400000,5\n", "line 2: review_rating is '5', not 1, 2, 3 or 4"),
        (HEADER + ",1764554400000,3\n", "line 2: card_id is empty"),
        (HEADER + '"1,1764554400000,3\n', ": unexpected end of data"),
        (HEADER + "1,1764554400000,3\n1,\udcff,3", "line 3: review_time is '\\udcff'"),
    ],
)
def test_a_mistake_is_one_plain_sentence(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = CliRunner().invoke(app, ["memory", str(path), "--json"])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert reason in done.stderr


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../etc/passwd", "Asia"])
def test_an_unknown_zone_is_named(file: Path, zone: str) -> None:
    done = CliRunner().invoke(app, ["memory", str(file), "--tz", zone])
    assert done.exit_code == 1
    assert f"{zone!r} is not a known time zone" in done.stderr


def test_hours_and_files_that_are_none(file: Path, tmp_path: Path) -> None:
    assert "an hour from 0 to 23" in CliRunner().invoke(
        app, ["memory", str(file), "--rollover", "24"]
    ).stderr  # fmt: skip
    for path in (tmp_path, tmp_path / "none.csv"):
        done = CliRunner().invoke(app, ["memory", str(path)])
        assert done.exit_code == 1
        assert "cannot be read" in done.stderr


def test_the_reason_is_an_error_of_its_own() -> None:
    with pytest.raises(Unreadable, match="line 2: card_id"):
        read(HEADER + ",1,3")
