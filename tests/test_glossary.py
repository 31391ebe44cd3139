"""The glossary: found however it is typed, in three languages, and good in itself."""

import unicodedata

import pytest

from bot.cli.course import bundled as courses_folder
from interop.formats import markdown
from lessons.glossary import Term, bundled, glossary_from
from lessons.library import Library
from lessons.texts import languages

GLOSSARY = bundled()
TERM = """
as_of = 2026-11-22
review_by = 2027-05-22

[[term]]
id = "otp"
vi = ["mã OTP", "OTP"]
en = ["one-time code"]
means.vi = "Mã dùng một lần."
means.en = "A code used once."
"""


def found(said: str, language: str = "vi") -> str:
    term = GLOSSARY.find(said, language)
    return "" if term is None else term.id


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Chữ ký số", "chu-ky-so"),
        ("chu ky so", "chu-ky-so"),
        ("chuwx kys soos", "chu-ky-so"),
        ("OTP", "otp"),
        ("phishing", "lua-dao"),
        ("SECRET D'ÉTAT", "bi-mat-nha-nuoc"),
        ("secret d'etat", "bi-mat-nha-nuoc"),
        ("ảo giác AI", "ao-giac-ai"),
        ("two-step verification", "xac-thuc-hai-lop"),
    ],
)
def test_a_term_is_found_in_any_language_and_without_diacritics(said: str, meant: str) -> None:
    assert {found(said, language) for language in languages()} == {meant}


def test_diacritics_decide_where_there_are_some() -> None:
    assert found("mật") == "do-mat"
    assert found("mat") == "do-mat"
    assert found("mát") == ""
    assert found("mất") == ""


def test_the_learners_own_language_comes_first() -> None:
    double = TERM + TERM.split("\n\n", 1)[1].replace('"otp"', '"other"').replace(
        "mã OTP", "x"
    ).replace('"OTP"', '"one-time code"').replace('["one-time code"]', '["y"]')
    glossary = glossary_from(double)
    ours, theirs = (glossary.find("one-time code", language) for language in ("vi", "en"))
    assert ours is not None
    assert theirs is not None
    assert (ours.id, theirs.id) == ("other", "otp")


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("phising", "lua-dao"),
        ("chử ky sô", "chu-ky-so"),
        ("hameçonage", "lua-dao"),
        ("dữ liệu", "du-lieu-ca-nhan"),
    ],
)
def test_the_nearest_terms_are_offered_for_a_slip(said: str, near: str) -> None:
    assert found(said) == ""
    assert near in [term.id for term in GLOSSARY.near(said)]
    assert len(GLOSSARY.near(said)) <= 3


@pytest.mark.parametrize("said", ["", "?", "blockchain", "thời tiết hôm nay", "đ" * 500])
def test_nothing_is_near_to_what_is_something_else(said: str) -> None:
    assert found(said) == ""
    assert GLOSSARY.near(said) == ()


# --- the glossary itself ---


def test_every_term_stands_in_every_language_once() -> None:
    assert 40 <= len(GLOSSARY.terms) <= 60
    for term in GLOSSARY.terms:
        assert set(term.names) == set(term.means) == set(languages())
        assert all(GLOSSARY.find(term.name(each), each) == term for each in languages())


def faults(term: Term) -> list[str]:
    """What is wrong with the meanings of a term."""
    said = []
    for language, text in term.means.items():
        said += [f"{language}: not NFC"] * (text != unicodedata.normalize("NFC", text))
        said += [f"{language}: no sentence"] * (not text.endswith(".") or ". " in text)
        said += [f"{language}: too long"] * (len(text.split()) > 35)
        said += [f"{language}: exclaims"] * ("!" in text)
        if language == "fr":
            said += [f"fr: '{each}'" for each in (" ;", " :", " ?", "« ", " »") if each in text]
    return said


def test_every_meaning_is_one_sentence_that_can_be_read() -> None:
    wrong = {term.id: faults(term) for term in GLOSSARY.terms}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_bad_meaning_is_reported() -> None:
    means = {"vi": "Hai câu. Một mục.", "fr": "Un mot ; sans point"}
    assert faults(Term("x", {}, means)) == ["vi: no sentence", "fr: no sentence", "fr: ' ;'"]


def test_the_lesson_of_a_term_exists_and_the_law_has_a_source() -> None:
    library = Library(c for c, _ in map(markdown.read, markdown.find(courses_folder())) if c)
    assert [t.id for t in GLOSSARY.terms if t.lesson and not library.lesson(t.lesson)] == []
    assert all(t.source is None or set(t.source) == set(languages()) for t in GLOSSARY.terms)
    assert GLOSSARY.review_by > GLOSSARY.as_of


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ('id = "otp"', 'id = "Mã"', "is no id"),
        ('means.en = "A code used once."', "", "no meaning or source in en"),
        ('en = ["one-time code"]', 'en = "one-time code"', "are a list"),
        ('id = "otp"', 'id = "otp"\nmark = "P"', "nothing else has one"),
        (
            'id = "otp"',
            'id = "otp"\nmark = "U"\nsource.vi = "a"\nsource.en = "b"',
            "the mark P or G",
        ),
        ('id = "otp"', 'id = "otp"\nmark = "P"\nsource.vi = "a"', "no meaning or source in en"),
        (TERM[TERM.index("[[term]]") :], "", "there is no term"),
        (TERM, TERM + TERM[TERM.index("[[term]]") :], "stands twice"),
    ],
)
def test_a_glossary_that_is_none_says_why(before: str, after: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        glossary_from(TERM.replace(before, after))
