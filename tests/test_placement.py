"""Placement: which questions are asked, when it stops, and where it suggests to begin."""

from datetime import timedelta

import pytest

from bot.cli.course import bundled as courses_folder
from interop.formats import markdown
from lessons.library import Library
from lessons.placement import Placement, bundled, placement_from, suggested

THREE = """
minutes = 4
[[domain]]
course = "a"
items = ["a/l1/q1", "a/l2/q1"]
[[domain]]
course = "b"
items = ["b/l1/q1", "b/l2/q1"]
[[domain]]
course = "c"
items = ["c/l1/q1", "c/l2/q1"]
[[domain]]
course = "d"
items = ["d/l1/q1", "d/l2/q1"]
"""


def taken(placement: Placement, *known: str) -> tuple[list[str], str]:
    """The courses that are asked about, in order, by somebody who knows some of the courses (with
    an item: that question only), and the course suggested."""
    queue, right, missed, asked = placement.order(), list[str](), list[str](), list[str]()
    while queue:
        item = queue[0]
        asked.append(item[0])
        ours = item in known or item[0] in known
        (right if ours else missed).append(item)
        queue = placement.left(queue[1:], right, missed)
    first = suggested(placement.standings(right, missed))
    return asked, "" if first is None else first.course


def test_who_knows_everything_is_asked_everything() -> None:
    assert taken(placement_from(THREE), *"abcd") == ([*"abcdabcd"], "")


def test_a_domain_is_asked_about_once_more_only_if_its_first_question_was_right() -> None:
    assert taken(placement_from(THREE), "b", "d") == ([*"abcdbd"], "a")


def test_three_unknown_in_a_row_are_enough() -> None:
    assert taken(placement_from(THREE)) == ([*"abc"], "a")
    assert taken(placement_from(THREE), "a") == ([*"abcd"], "b")


def test_what_is_all_new_comes_before_what_is_partly_known() -> None:
    assert taken(placement_from(THREE), "a/l1/q1", "b", "d") == ([*"abcdabd"], "c")
    assert taken(placement_from(THREE), "a", "b/l1/q1", "c", "d") == ([*"abcdabcd"], "b")


def test_counts_are_by_domain() -> None:
    counts = placement_from(THREE).standings(("a/l1/q1",), ("a/l2/q1", "b/l1/q1"))
    assert [(each.course, each.right, each.asked) for each in counts] == [
        ("a", 1, 2),
        ("b", 0, 1),
        ("c", 0, 0),
        ("d", 0, 0),
    ]


def test_the_bundled_placement_has_two_quick_questions_per_course() -> None:
    courses = [
        course for course, _ in map(markdown.read, markdown.find(courses_folder())) if course
    ]
    library, placement = Library(courses), bundled()
    assert placement.longest == timedelta(minutes=4)
    assert sorted(domain.course for domain in placement.domains) == [each.id for each in courses]
    for domain in placement.domains:
        assert len(domain.items) == 2
        for item in domain.items:
            found = library.find(item, "vi")
            assert found is not None, item
            assert found.course.id == domain.course
            assert found.question.guess <= 1 / 3
            assert not found.question.typed


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("minutes = 4", "", "minutes"),
        ("minutes = 4", "minutes = 0", "minutes"),
        (THREE, "minutes = 4", "there is no domain"),
        ('"a/l2/q1"', '"a/l1/q1"', "stands twice"),
        ('"a/l2/q1"', '"a/l2"', "a domain has a course"),
        ('course = "a"', "", "a domain has a course"),
    ],
)
def test_a_placement_that_is_none_says_why(before: str, after: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        placement_from(THREE.replace(before, after))
