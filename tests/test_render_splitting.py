"""Where texts are parted: never inside what is read as one character."""

import pytest

from bot.splitting import ranges, shortened, size


def pieces(text: str, limit: int) -> list[str]:
    return [text[start:end] for start, end in ranges(text, limit, "utf16")]


def test_length_is_counted_as_the_platform_counts() -> None:
    assert size("a👍", "points") == 2
    assert size("a👍", "utf16") == 3


def test_paragraphs_then_lines_then_words_then_characters() -> None:
    assert pieces("một hai\n\nba\nbốn", 14) == ["một hai", "ba\nbốn"]
    assert pieces("một hai\nba bốn", 12) == ["một hai", "ba bốn"]
    assert pieces("một hai ba", 8) == ["một hai", "ba"]
    assert pieces("aaaaabbbbbcc", 5) == ["aaaaa", "bbbbb", "cc"]


def test_a_text_that_fits_exactly_is_one_piece() -> None:
    assert pieces("12345\n\n67890", 12) == ["12345\n\n67890"]
    assert pieces("12345\n\n67890", 5) == ["12345", "67890"]


@pytest.mark.parametrize(
    "character",
    [
        "👍",
        "👍🏽",
        "👩‍🏫",
        "🇻🇳",
        "e\u0323\u0302",
        "ก็",
        "❤️",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_a_character_stays_whole(character: str) -> None:
    room = size(character, "utf16")
    for limit in range(room, 3 * room + 2):
        for piece in pieces(character * 9, limit):
            assert set(piece.split(character)) == {""}


def test_a_character_longer_than_a_piece_is_parted_after_all() -> None:
    assert "".join(pieces("e" + "\u0323" * 50, 20)) == "e" + "\u0323" * 50
    assert pieces("👍👍", 1) == ["👍", "👍"]


def test_spaces_that_bind_are_not_parted() -> None:
    assert pieces("mot deux\u00a0?", 8) == ["mot", "deux\u00a0?"]


def test_a_shortened_text_ends_with_a_sentence_or_a_word() -> None:
    assert shortened("Một hai. Ba bốn năm", 13, "points") == "Một hai. …"
    assert shortened("Một. Ba bốn năm sáu", 15, "points") == "Một. Ba bốn…"
    assert shortened("👍" * 10, 8, "utf16") == "👍👍👍…"
    assert shortened("vừa đủ", 6, "points") == "vừa đủ"
