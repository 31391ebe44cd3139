"""How a choice is put: no option about the other options, and "not" where nobody overlooks it."""

import re
from collections.abc import Iterator

from lessons.authoring import Problem, wording
from lessons.course import Course, Lesson
from lessons.course_check.judge import SEVERAL, SINGLE, asked, judge, kind
from lessons.course_check.sentences import sentences
from lessons.course_check.words import Asking, asking
from lessons.typed import fold

# Whole options, folded (lessons/typed.py)
ABOUT_OTHERS = {
    "vi": re.compile(
        r"tat ca (?:deu )?(?:dung|sai)|(?:[a-e] )?(?:va )?[a-e] va [a-e](?: deu (?:dung|sai))?"
        r"|(?:tat )?ca (?:hai |ba |bon |nam |\d )?(?:cac |nhung )?"
        r"(?:y|phuong an|dap an|cau|cau tra loi|lua chon|dieu|viec|noi dung)"
        r"(?: (?:neu |o |ke )?tren)?(?: deu (?:dung|sai))?"
        r"|ca (?:hai|ba|bon|nam|\d)(?: deu (?:dung|sai))?|tat ca (?:neu |o |ke )?tren"
        r"|khong (?:co )?(?:phuong an|dap an|cau|y|lua chon) nao"
        r"(?: (?:neu |o |ke )?tren)?(?: dung)?"
    ),
    "en": re.compile(
        r"(?:all|none|both|neither|any|either) (?:of )?(?:the )?(?:above|these|these \w+)"
        r"|(?:all|none|both|neither|any) (?:of )?the (?:other )?"
        r"(?:options|answers|choices)(?: \w+)?"
        r"|(?:options? |answers? )?(?:[a-e] )?[a-e] and [a-e](?: only)?"
    ),
    "fr": re.compile(
        r"(?:toutes|aucune|chacune) (?:de |des )?(?:les |ces )?"
        r"(?:reponses|options|propositions|affirmations)(?: .*)?"
        r"|(?:tout|rien de|aucun de) ce qui precede|les (?:deux|trois|quatre)(?: \w+)? ci dessus"
        r"|(?:tous|toutes|aucun|aucune|tout)(?: .*)? ci dessus|(?:[a-e] )?[a-e] et [a-e]"
    ),
}


WORD = re.compile(r"[^\W_]+|[,;:()“”«»\"]")


def judged(course: Course, lesson: Lesson, language: str) -> Iterator[Problem]:
    text = lesson.texts.get(language)
    for question in asked(text) if text else ():
        if kind(question) not in (SINGLE, SEVERAL):
            continue
        block, wrong = question.block, judge(course, lesson, language)
        pattern = ABOUT_OTHERS.get(language)
        for option in block.options:
            if pattern and pattern.fullmatch(fold(option.text)):
                yield wrong(option.line, wording.ABOUT_OTHERS, id=block.id, text=option.text)
        how = asking(language)
        if how and negative(block.prompt, how):
            what = wording.NEGATIVE_STEM
            yield wrong(block.line, what, id=block.id, capitals=how.capitals)


def negative(prompt: str, how: Asking) -> bool:
    """It asks for what is not so, and its "not" is not in capitals."""
    each = (sentence for line in prompt.split("\n") for sentence in sentences(line))
    return any(_negative(sentence, how) for sentence in each)


def _negative(sentence: str, how: Asking) -> bool:
    words = WORD.findall(re.sub(r"n['’]t\b", " not", re.sub(r"\b([nN])['’]", r"\1e ", sentence)))
    between: list[str] | None = None  # the words since the asking one
    for place, word in enumerate(words):
        low = word if word == "AI" else word.lower()  # in Vietnamese, "ai" asks who
        if low in how.asks or (place == 0 and low in how.first):
            between = []
        elif low in how.ends or not word[0].isalnum():
            between = None
        elif between is None:
            continue
        elif low in how.negations:
            if not word.isupper() and _denies(words, place, how):
                return len(between) <= how.near
        elif low not in how.aside:
            between.append(word)
    return False


def _denies(words: list[str], place: int, how: Asking) -> bool:
    """Said of what is asked for: not "… được không?", "a draft not yet out", "ne contient que"."""
    if how.before and words[place].lower() == "not":
        return words[place - 1].lower() in how.before
    if how.after:
        return any(word in how.after for word in words[place + 1 : place + 5])
    return place + 1 < len(words)
