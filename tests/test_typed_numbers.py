"""Numbers and dates are understood as people write them."""

import datetime
from decimal import Decimal

import pytest

from lessons.typed import fold
from lessons.typed_numbers import date, number, readings, same_day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("2026", "2026"), ("２０２６", "2026"), ("năm 2026", "2026"), ("2026.", "2026")],
        *[("37,5", "37.5"), ("37.5", "37.5"), ("37,5%", "37.5"), ("0,125", "0.125"), ("-5", "-5")],
        *[("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1 234", "1234"), ("1.234", "1234")],
        *[("1\u202f234,5", "1234.5"), ("1.000.000", "1000000"), ("20 năm", "20"), ("20năm", "20")],
        *[("2 triệu", "2000000"), ("1,5 tỷ đồng", "1500000000"), ("covid-19", "19")],
        *[("không", "0"), ("mười", "10"), ("muoi lam", "15"), ("hai mươi", "20"), ("tư", "4")],
        *[("hai mươi mốt", "21"), ("chin muoi chin", "99"), ("một trăm lẻ năm", "105")],
        *[
            ("hai trăm năm mươi", "250"),
            ("hai mươi năm", "20"),
            ("năm năm", "5"),
            ("mười năm", "10"),
        ],
        *[
            ("khoảng ba người", "3"),
            ("nghìn", "1000"),
            ("hai nghìn không trăm hai mươi sáu", "2026"),
        ],
        *[("twelve", "12"), ("twenty-one days", "21"), ("zero", "0"), ("one hundred", "100")],
        *[("seize", "16"), ("vingt et un", "21"), ("quatre-vingt-dix", "90"), ("mille", "1000")],
    ],
)
def test_a_number(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "abc",
            "5 hay 6",
            "1/1/2026",
            "01.01.2026",
            "1.2.3.4",
            "khong biet",
            "toi khong biet",
        ),
        *("không công khai", "🙂", "và", "hai bên cùng ký tên vào"),
    ],
)
def test_not_one_number(text: str) -> None:
    assert number(text) is None


def test_a_number_may_be_read_in_two_ways() -> None:
    assert readings("1.234") == (Decimal(1234), Decimal("1.234"))
    assert readings("3 tỷ") == (Decimal(3_000_000_000), Decimal(3))


def test_vietnamese_counts_to_ninety_nine() -> None:
    units = ["", "mốt", "hai", "ba", "tư", "lăm", "sáu", "bảy", "tám", "chín"]
    tens = ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    counted = [f"{ten} mươi {unit}".strip() for ten in tens for unit in units]
    assert [number(text) for text in counted] == list(range(20, 100))
    assert [number(fold(text)) for text in counted] == list(range(20, 100))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1/1/2026",
            "01/01/2026",
            "01.01.2026",
            "1-1-2026",
            "2026-01-01",
            "1/1/26",
            "１/１/２０２６",
        ),
        *("1 tháng 1 năm 2026", "ngày 1 tháng 1, 2026", "ngay 01 thang 01 nam 2026", "từ 1/1/2026"),
        *("1 January 2026", "January 1, 2026", "1st of January 2026", "1er janvier 2026"),
    ],
)
def test_a_date(text: str) -> None:
    assert date(text) == datetime.date(2026, 1, 1)
    assert same_day(text, "01/01/2026")


@pytest.mark.parametrize(
    "text", ["", "1 2 3", "31/02/2026", "13/2023", "1/1/2026 hay 2/1/2026", "99/99/9999", "2026"]
)
def test_not_a_date(text: str) -> None:
    assert date(text) is None
    assert not same_day(text, text)


def test_day_comes_before_month() -> None:
    assert date("2/3/2026") == datetime.date(2026, 3, 2)
