"""Frameworks as data: what is bundled, where it comes from, and what answers to what."""

import tomllib
from datetime import date

import pytest

from interop.formats import markdown
from lessons.frameworks import FOLDER, counterparts, framework_from, frameworks
from tests.course_desk import C6

SMALL = """
id = "HERE"
title.en = "A framework of our own"
source = "the people's council, 2026"
mark = "P"
as_of = 2026-11-22

[[domain]]
code = "1"
title.en = "Papers"

[[competence]]
code = "1.1"
title.en = "Finding papers"
ours.vi = "Tìm tài liệu"

[[crosswalk]]
to = "TT02"
source = "our reading"
codes."1.1" = ["1.3"]
"""


# --- what is bundled ---


@pytest.mark.parametrize(
    ("framework", "domains", "competences"),
    [("DC22", 5, 21), ("DC3", 5, 21), ("DLGF", 1, 2), ("NQ398", 0, 26), ("TT02", 6, 24)],
)
def test_each_framework_is_complete(framework: str, domains: int, competences: int) -> None:
    found = frameworks()[framework]
    assert (len(found.domains), len(found.competences)) == (domains, competences)


def test_these_are_all_there_are_and_each_stands_in_the_file_of_its_name() -> None:
    names = {each.name for each in FOLDER.iterdir()}
    assert names == {f"{framework.lower()}.toml" for framework in frameworks()}
    assert list(frameworks()) == ["DC22", "DC3", "DLGF", "NQ398", "TT02"]


def test_every_competence_lies_in_a_domain_and_the_26_topics_count_up() -> None:
    topics = [each.code for each in frameworks()["NQ398"].competences]
    assert topics == [str(n) for n in range(1, 27)]
    for framework in frameworks().values():
        domains = {each.code for each in framework.domains}
        if domains:
            assert domains == {each.code.partition(".")[0] for each in framework.competences}


def test_everything_has_a_name_in_three_languages_but_digcomp_which_has_two() -> None:
    for framework in frameworks().values():
        wanted = {"en", "fr"} if framework.id in ("DC22", "DC3") else {"vi", "en", "fr"}
        for each in (*framework.domains, *framework.competences):
            names = each.title.published.keys() | each.title.ours.keys()
            assert names == wanted, f"{framework.id} {each.code}"


@pytest.mark.parametrize(
    ("framework", "code", "language", "name", "ours"),
    [
        ("TT02", "6.3", "vi", "Đánh giá trí tuệ nhân tạo", False),
        ("TT02", "6.3", "en", "Evaluating artificial intelligence", True),
        ("DC22", "2.5", "en", "Netiquette", False),
        ("DC3", "2.5", "en", "Digital behaviour", False),
        ("DC3", "2.5", "fr", "Comportement numérique", True),
        ("DC3", "2.5", "vi", "Digital behaviour", False),
        ("DC3", "2.5", "", "Digital behaviour", False),
        ("DLGF", "0.1", "en", "Physical operations of digital devices", False),
        ("NQ398", "20", "vi", "Bảo vệ dữ liệu cá nhân và quyền riêng tư", False),
        ("NQ398", "3", "vi", "Trí tuệ nhân tạo (AI)", True),
    ],
)
def test_a_name_says_whose_words_it_is(
    framework: str, code: str, language: str, name: str, ours: bool
) -> None:
    found = frameworks()[framework].competence(code)
    assert found is not None
    assert (found.title.text(language), found.title.is_ours(language)) == (name, ours)


def test_topics_whose_published_wording_is_not_confirmed_have_words_of_ours_only() -> None:
    topics = frameworks()["NQ398"].competences
    published = [int(each.code) for each in topics if each.title.published]
    assert published == [1, 2, 4, 5, 12, 14, 20, 22]
    assert all(each.title.published.keys() <= {"vi"} for each in topics)


def test_marks_say_how_sure_the_wording_is() -> None:
    marks = {
        framework.id: (
            {each.mark for each in framework.domains},
            {each.mark for each in framework.competences},
        )
        for framework in frameworks().values()
    }
    assert marks == {
        "DC22": ({"P"}, {"P"}),
        "DC3": ({"P"}, {"G"}),
        "DLGF": ({"P"}, {"P"}),
        "NQ398": (set(), {"G"}),
        "TT02": ({"P"}, {"G"}),
    }
    assert all(each.source for each in frameworks().values())


def test_the_folder_of_frameworks_is_no_course() -> None:
    found = [folder.name for folder in markdown.find(C6.parent)]
    assert "c6" in found
    assert "frameworks" not in found
    assert markdown.find(C6.parent / "frameworks") == []


# --- what answers to what ---


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("TT02 1.1", {"DC22 1.1", "DC3 1.1", "NQ398 6"}),
        ("TT02 3.1", {"DC22 3.1", "DC3 3.1", "NQ398 15", "NQ398 5"}),
        ("TT02 6.2", {"NQ398 3", "NQ398 16"}),
        ("NQ398 3", {"TT02 6.1", "TT02 6.2", "TT02 6.3"}),
        ("NQ398 4", {"TT02 5.1", "DLGF 0.1"}),
        ("DC3 5.4", {"DC22 5.4", "TT02 5.4"}),
        ("DLGF 0.2", {"NQ398 5"}),
        ("NQ398 1", set()),
        ("TT02 9.9", set()),
    ],
)
def test_codes_answer_to_each_other_in_both_directions(code: str, others: set[str]) -> None:
    assert counterparts(code) == others
    assert all(code in counterparts(other) for other in others)


def test_crosswalks_lead_to_codes_that_exist() -> None:
    for framework in frameworks().values():
        for crosswalk in framework.crosswalks:
            other = frameworks()[crosswalk.to]
            named = [code for codes in crosswalk.codes.values() for code in codes]
            assert [code for code in named if other.competence(code) is None] == []


def test_every_competence_of_the_circular_answers_to_a_topic() -> None:
    for each in frameworks()["TT02"].competences:
        answering = counterparts(f"TT02 {each.code}")
        assert any(code.startswith("NQ398 ") for code in answering)
        assert (f"DC3 {each.code}" in answering) == (not each.code.startswith("6."))


# --- another framework ---


def test_a_framework_is_read_from_its_text() -> None:
    found = framework_from(SMALL)
    assert (found.id, found.as_of, found.mark) == ("HERE", date(2026, 11, 22), "P")
    assert [each.code for each in found.domains] == ["1"]
    competence = found.competence("1.1")
    assert competence is not None
    assert (competence.title.text("vi"), competence.mark) == ("Tìm tài liệu", "P")
    assert found.crosswalks[0].codes == {"1.1": ("1.3",)}
    assert found.competence("1") is None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"HERE"', '"THE HERE"', "id: 'THE HERE' is not one word such as TT02"),
        ("2026-11-22", "2026", "HERE: as_of is not a day such as 2026-11-22"),
        ('mark = "P"', 'mark = "U"', "HERE: mark 'U' is none of P, G"),
        ('source = "the', 'origin = "the', "the framework: origin is none of as_of, "),
        ('code = "1.1"', 'cod = "1.1"', "a competence: code is missing"),
        ("ours.vi", "ours.en", "1.1: en is published, so it needs no words of ours"),
        ('title.en = "Papers"', "", "1: title is missing"),
        ('code = "1.1"', 'code = "1"', "HERE 1 stands there twice"),
        ('codes."1.1"', 'codes."1.2"', "the crosswalk to TT02: there is no 1.2"),
        ('to = "TT02"', "", "a crosswalk: to is missing"),
    ],
)
def test_a_text_that_is_no_framework_says_why(before: str, after: str, told: str) -> None:
    assert before in SMALL
    with pytest.raises(ValueError, match=told.replace(".", r"\.")):
        framework_from(SMALL.replace(before, after, 1))


def test_a_text_that_is_no_toml_is_refused_too() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        framework_from("id = HERE")
