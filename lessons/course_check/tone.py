"""The tutor's tone: no "bạn", no certificate, no exclamation, no emoji; and French spaces."""

import re
from collections.abc import Iterator, Sequence

from lessons.authoring import Problem, wording
from lessons.course_check.judge import Judge
from lessons.course_check.passages import Part, Passage
from lessons.course_check.words import Avoided, avoided

UNREAD = {Part.SOURCE, Part.ACCEPTED}
QUOTATION = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")  # what somebody else says, such as a fraud
EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")
SPACES = "\u00a0\u202f"
FRENCH = re.compile(
    rf"(?<=[^\s;:?!(»{SPACES}])[;:?!»](?=[\s).,”»{SPACES}]|$)"  # no space before it
    rf"|[ \t](?=[;:?!»](?:[\s).,”»{SPACES}]|$))|«(?![{SPACES}])"  # one that a line may break at
)
OPERATOR = re.compile(r"\b(site|filetype|intitle|inurl|after|before):")  # typed into a search
AROUND = 12  # characters on both sides that a message repeats


def judged(read: Sequence[Passage]) -> Iterator[Problem]:
    for passage in read:
        wrong = Judge(passage.file)
        if passage.language == "fr" and passage.part is not Part.ACCEPTED:
            yield from _french(passage, wrong)
        if passage.part in UNREAD:
            continue
        own = QUOTATION.sub(" ", passage.text)
        for each in avoided(passage.language):
            if _says(own, each):
                what = wording.AVOIDED
                yield wrong(passage.line, what, word=each.word, instead=each.instead)
        if "!" in own:
            yield wrong(passage.line, wording.EXCLAMATION)
        if sign := EMOJI.search(passage.text):
            yield wrong(passage.line, wording.EMOJI, code=f"U+{ord(sign[0]):04X}")


def _says(text: str, avoided_word: Avoided) -> bool:
    said = text.casefold()
    for phrase in avoided_word.unless:
        said = said.replace(phrase, " ")
    return re.search(rf"\b{re.escape(avoided_word.word)}\b", said) is not None


def _french(passage: Passage, wrong: Judge) -> Iterator[Problem]:
    if found := FRENCH.search(OPERATOR.sub(r"\1_", passage.text)):
        start = max(0, found.start() - AROUND)
        text = passage.text[start : found.end() + AROUND]
        yield wrong(passage.line, wording.FRENCH_SPACE, text=text)
