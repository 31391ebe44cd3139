"""How long Vietnamese sentences may be: syllables, which are written apart."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lessons.authoring import Problem, wording
from lessons.course_check.judge import Judge
from lessons.course_check.passages import Part, Passage

MEAN_LIMIT, LIMIT = 20, 35  # syllables of a lesson's sentences on average, and of any one
READ = {Part.OBJECTIVE, Part.SCREEN, Part.ACTION, Part.FACT}
READ |= {Part.PROMPT, Part.FEEDBACK, Part.EXPLANATION}
SYLLABLE = re.compile(r"[^\W\d_]+(?:[-'’./][^\W\d_]+)*")  # numbers and document codes are not
AROUND = "“”‘’\"'«»()[],;:.?!…–—•→"
END = re.compile(r"[.?!…][”’»\"')\]]*")
SHORTENED = {"TP.", "Tp.", "ThS.", "TS.", "PGS.", "GS.", "BS.", "KS.", "LS.", "tr.", "Q.", "P."}
SHOWN = 6  # words of a sentence that a message repeats


def judged(read: Sequence[Passage]) -> Iterator[Problem]:
    counts: dict[str, list[int]] = {}
    first: dict[str, int] = {}
    for passage in read:
        if passage.language != "vi" or passage.part not in READ:
            continue
        for sentence in sentences(passage.text):
            count = syllables(sentence)
            if count > LIMIT:
                start, wrong = " ".join(sentence.split()[:SHOWN]), Judge(passage.file)
                what = wording.SENTENCE_TOO_LONG
                yield wrong(passage.line, what, start=start, count=count, limit=LIMIT)
            if count:
                counts.setdefault(passage.file, []).append(count)
                first.setdefault(passage.file, passage.line)
    for file, each in counts.items():
        mean = sum(each) / len(each)
        if mean > MEAN_LIMIT:
            what = wording.SENTENCES_TOO_LONG
            yield Judge(file)(first[file], what, mean=f"{mean:.1f}", limit=MEAN_LIMIT)


def sentences(text: str) -> list[str]:
    """The sentences of one line; the items of a list within a sentence ("a; b; c") count apart.

    A full stop ends a sentence when no small letter follows it ("v.v. và …") and it does not
    shorten a word ("TP. Hồ Chí Minh").
    """
    found: list[list[str]] = [[]]
    for word, follower in pairwise([*text.split(), ""]):
        found[-1].append(word)
        if END.search(word[-3:]) and word not in SHORTENED and not follower[:1].islower():
            found.append([])
    whole = [" ".join(words) for words in found if words]
    return [item for each in whole for item in (each.split(";") if each.count(";") > 1 else [each])]


def syllables(sentence: str) -> int:
    words = (word.strip(AROUND) for word in sentence.split())
    return sum(SYLLABLE.fullmatch(word) is not None for word in words)
