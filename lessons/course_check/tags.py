"""Misconceptions over a bank: a wrong idea is worth a tag when it is met at least twice."""

from collections.abc import Iterator, Mapping

from lessons.authoring import Problem, wording
from lessons.course import Block, Course, Option
from lessons.course_check.judge import asked, judge


def judged_together(courses: Mapping[str, Course]) -> Iterator[Problem]:
    met: dict[str, list[Problem]] = {}
    for folder, course in courses.items():
        for lesson in course.lessons:
            language, text = next(iter(lesson.texts.items()), ("", None))
            for question in asked(text) if text else ():
                holders: tuple[Block | Option, ...] = (*question.block.options, question.block)
                for holder in holders:
                    if tag := holder.misconception:
                        wrong, what = judge(course, lesson, language), wording.TAG_ONCE
                        id = question.block.id
                        problem = wrong(holder.line, what, id=id, value=tag)
                        met.setdefault(tag, []).append(problem.within(folder))
    for problems in met.values():
        if len(problems) == 1:
            yield problems[0]
