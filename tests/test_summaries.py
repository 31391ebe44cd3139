"""The one page of a course: read from its files, the same in every language, and short."""

import pytest

from bot.cli.course import bundled
from interop.formats import markdown
from lessons.authoring import read_course
from lessons.course import Course
from lessons.texts import languages
from tests.course_desk import COURSE, FILES, course_in

PAGE = """# Một trang

Trợ lý AI viết ra câu trả lời.

Cần điều luật thì mở nguồn gốc.

## Danh mục kiểm tra

- [ ] Đã mở nguồn gốc
* [] Đã ghi nguồn
"""


def test_a_summary_is_a_title_lines_and_boxes() -> None:
    page = course_in({**FILES, "summary.vi.md": PAGE}).summary("vi")
    assert page is not None
    assert page.title == "Một trang"
    assert page.text == "Trợ lý AI viết ra câu trả lời.\n\nCần điều luật thì mở nguồn gốc."
    assert page.boxes == ("Đã mở nguồn gốc", "Đã ghi nguồn")


def test_a_course_may_do_without() -> None:
    assert course_in(FILES).summary("vi") is None


def test_a_course_is_read_again_with_its_summary() -> None:
    course = course_in({**FILES, "Summary.vi.md": PAGE})
    again, problems = read_course(course.files)
    assert problems == ()
    assert again == course
    assert course.summaries


def test_where_a_language_is_lacking_the_first_one_is_shown() -> None:
    course = course_in({**FILES, "summary.vi.md": PAGE})
    assert course.summary("fr") == course.summary("vi")


def test_a_summary_in_a_language_of_no_course_is_reported() -> None:
    course, problems = read_course({**FILES, "summary.vi.md": PAGE, "summary.en.md": PAGE})
    assert course is None
    assert [problem.file for problem in problems] == ["summary.en.md"]


def test_the_name_is_no_lessons() -> None:
    header = COURSE.replace("lessons: l1", "lessons: l1, summary")
    course, problems = read_course({**FILES, "course.md": header, "summary.vi.md": PAGE})
    assert course is None
    assert "summary.vi.md" in problems[0].what


def courses() -> list[Course]:
    return [course for course, _ in map(markdown.read, markdown.find(bundled())) if course]


@pytest.mark.parametrize("course", courses(), ids=lambda course: course.id)
def test_every_course_that_comes_along_fits_on_one_page(course: Course) -> None:
    assert set(course.summaries) == set(languages())
    for language, page in course.summaries.items():
        lines = page.text.split("\n")
        assert 8 <= len(lines) <= 12, language
        assert 5 <= len(page.boxes) <= 8, language
        assert len("\n".join((page.title, page.text, *page.boxes))) <= 2000, language
        assert course.id.upper() in page.title
        assert len(lines) == len(course.summaries["vi"].text.split("\n"))
        if language == "vi":
            sentences = [s for line in lines for s in line.split(". ")]
            assert max(len(each.split()) for each in sentences) <= 35
