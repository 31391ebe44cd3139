"""Finds the sentences of a course that speak of what was asked, and how much of it they hold.

Lexical, no model, nothing downloaded: folded words with their neighbours (for Vietnamese that beats
a word segmenter), marks counted where they were typed, unknown words mended by one slip or from raw
Telex. The score is a share of what the whole question is worth in this course, so that one
threshold serves every language. Figures: tests/test_answers.py.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from answers.passages import Passage, Span, passages
from lessons.course import Course
from lessons.typed import clean, fold

Terms = dict[str, float]  # term -> weight; a term is a word, its marks or two words in a row

# Words that say nothing about the topic, folded. They decide only between equals.
_IDLE_WORDS = {
    "vi": """a ah anh ban bac bao boi bi cac cach cai can chi chang cho chua chung co con cua cung
        cu da dang day de den di do dong duoc em gi gio giup gom ha hay hoac ho hoi ka khi khong
        ko k hok kia kieu la lam lai len luc ma minh mot moi muon nao nay neu nen nhe nhi nho nhu
        nhieu nhung noi oi o phai qua ra rang roi rat sao se sau tai tao thay the thi thoi toi
        trong tu va vao van vay ve vi viec voi vui long xin xong ong ba chu nua lan biet thanh u
        ok dc vs j ntn bn""",
    "en": """about an and any are as at be been but by can could did do does for from get give had
        has have he her his how if in into is it its just like many may me more much my need needs
        no not of on one or our out please re say says should so some tell than thank thanks that
        the their them then there they thing things this to too up us want was we were what when
        where which while who whom whose why will with would you your a d i m s t""",
    "fr": """a ai as au aux avec c ca ce cela ces cet cette chez combien comme comment d dans de
        des dire dit donc donne donner du elle elles en est et etre eu eux fait faire faut bien
        chose choses mettre besoin il ils j je l la le les leur leurs lui m ma mais me mes moi mon
        n ne nos notre nous on ou par pas peu peut plait plus pour pourquoi puis qu quand que quel
        quelle quelles quels qui quoi s sa sans se ses si sont sur svp t ta te tes toi ton tu un
        une vos votre vous y""",
}
_IDLE = {language: frozenset(words.split()) for language, words in _IDLE_WORDS.items()}

# What courses say <- what people say, folded; nothing for what is only politeness or asking.
_ASSISTANTS = "chat gpt, chatgpt, gemini, copilot, deepseek"
_MEANT = {
    "vi": {
        "": "cho em hoi, cho toi hoi, cho hoi, xin hoi, cho biet, xin chao, chao buoi sang, "
        "chao ban, cam on, bao nhieu, bao gio, may, o dau, vao dau, the nao",
        "ai": f"{_ASSISTANTS}, tri tue nhan tao",
        "kiem tra": "kiem chung", "so lieu": "con so", "yeu cau": "prompt, cau lenh",
        "gia mao": "deepfake",
    },
    "en": {
        "": "good morning, good afternoon", "request": "prompt", "fake": "deepfake",
        "ai": f"{_ASSISTANTS}, artificial intelligence",
    },
    "fr": {
        "": "s il vous plait", "requete": "prompt", "contrefaire": "deepfake",
        "ia": f"{_ASSISTANTS}, chatbot, intelligence artificielle",
    },
}  # fmt: skip
_SAYING = 4  # words at most
_SAID_FOR = {
    language: {said: meant for meant, sayings in table.items() for said in sayings.split(", ")}
    for language, table in _MEANT.items()
}
_QUESTION = 80  # words that are read of a question

# Inflected languages: an ending, then the letters that are compared.
_ENDING = {
    "en": re.compile(r"(?<=...)(ing|ed|es|e|s)$"),
    "fr": re.compile(r"(?<=...)(er|ez|ent|ant|ees|ee|es|e|s|x)$"),
}
_STEM = 5

_WORD = re.compile(r"[^\W_]+")
_MARKED = {"vi"}  # languages whose marks tell words apart, and are typed with Telex
_SLIP_FROM = {"vi": 4, "en": 6, "fr": 6}  # letters of a word in which a slip is forgiven
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

# Shares of a word's weight; settled on the first part of tests/questions_c6.txt, where a third more
# or less of any of them makes no difference to speak of.
_IDLE_WORD, _IDLE_PAIR = 0.1, 0.4  # a word that tells nothing; its pair with the next one
_PAIR = {"vi": 0.7, "en": 0.2, "fr": 0.2}  # two in a row: often one word in Vietnamese
_MARKS = 0.6  # of a word typed with marks, when the course has the same ones

# What a term is worth that is not in the sentences themselves.
_ABOUT = 0.7  # it is in the question that they explain
_TITLED = 0.7  # it is in the title, and the sentences are on the screen that opens the lesson
_AROUND = 0.5  # it is elsewhere in the passage, or in the title

# Added to what is asked for: a few common words prove little. A Vietnamese word is more terms.
_DOUBT = {"vi": 3.0, "en": 1.0, "fr": 1.0}
_COINCIDENCE = 0.5  # when a single word that tells the topic is shared
_LONGER = 0.03  # a further sentence must bring more of the question than this


class _Word(NamedTuple):
    """A folded word: what is compared of it, its marks, and whether it tells nothing."""

    stem: str
    marks: str
    idle: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One to three sentences in a row; `support` is how much of the question they hold, 0 to 1."""

    lesson: str
    quote: str
    support: float


@dataclass(frozen=True, slots=True)
class _Entry:
    """A passage with its terms, those of each window, and what a term is worth around a window."""

    passage: Passage
    terms: frozenset[str]
    windows: Mapping[Span, frozenset[str]]
    around: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked for: terms weighed for this course, and the words that tell the topic."""

    terms: Terms
    words: frozenset[str]
    doubt: float


class Index:
    """What a course says in one language, ready to be asked."""

    def __init__(self, course: Course, language: str) -> None:
        self._language = language
        self._entries: list[_Entry] = []
        counts: Counter[str] = Counter()
        for lesson, its_passages in passages(course, language):
            titles = _all_terms(f"{lesson.title} . {lesson.objective}", language)
            for passage in its_passages:
                opens = passage is its_passages[0]
                entry = _entry(passage, titles, language, _TITLED if opens else _AROUND)
                self._entries.append(entry)
                counts.update(entry.terms)
                counts.update(dict.fromkeys(entry.around, 0))
        n = len(self._entries)
        self._rarity = {term: math.log((n + 1) / (count + 0.5)) for term, count in counts.items()}
        self._strange = math.log((n + 1) / 0.5)  # of a word the course does not know

    def search(self, question: str) -> list[Found]:
        """The best sentences of each passage that shares a term with the question, best first."""
        asked = self._asked(question)
        found = [best for entry in self._entries if (best := _best(entry, asked))]
        return sorted(found, key=lambda each: -each.support)

    def _asked(self, question: str) -> _Question:
        words = [self._mended(word) for word in _words(question, self._language)[:_QUESTION]]
        telling, idle = _terms(words, self._language)
        known = {term: weight for term, weight in idle.items() if term in self._rarity}
        terms = {term: weight * self._rare(term) for term, weight in {**known, **telling}.items()}
        topic = frozenset(word.stem for word in words if not word.idle)
        return _Question(terms, topic, _DOUBT.get(self._language, 1.0))

    def _rare(self, term: str) -> float:
        """The rarity of a term; a pair the course does not know is as rare as its words."""
        if term in self._rarity:
            return self._rarity[term]
        words = term.split()
        return sum(self._rarity.get(word, self._strange) for word in words) / len(words)

    def _mended(self, word: _Word) -> _Word:
        """The word of the course that raw Telex stands for, or the commonest one slip away."""
        if word.idle or word.stem in self._rarity:
            return word
        telex = _from_telex(word.stem) if self._language in _MARKED and not word.marks else ""
        if telex in self._rarity:
            return _Word(telex, "", telex in _IDLE[self._language])
        near = [other for other in _slips(word.stem, self._language) if other in self._rarity]
        if word.marks:
            near = [other for other in near if f"={other}{word.marks}" in self._rarity]
        return word._replace(stem=min(near, key=self._rarity.__getitem__, default=word.stem))


def _words(text: str, language: str) -> list[_Word]:
    """The words of a text, in the courses' words where people say something else."""
    idle = _IDLE.get(language, frozenset())
    spelt = [_spelt(word) for word in _WORD.findall(clean(text).lower())]
    return [
        _Word(_stem(plain, language), marks if language in _MARKED else "", plain in idle)
        for plain, marks in _as_courses_say(spelt, language)
    ]


def _as_courses_say(spelt: list[tuple[str, str]], language: str) -> Iterator[tuple[str, str]]:
    """Folded words with their marks; those of a saying are replaced, and have none."""
    sayings = _SAID_FOR.get(language, {})
    begins = {said.split()[0] for said in sayings}
    at = 0
    while at < len(spelt):
        here = [plain for plain, _ in spelt[at : at + _SAYING]]
        sizes = range(len(here), 0, -1) if here[0] in begins else ()
        size = next((size for size in sizes if " ".join(here[:size]) in sayings), 0)
        yield from ((word, "") for word in sayings.get(" ".join(here[:size]), "").split())
        if not size:
            yield spelt[at]
        at += size or 1


def _terms(words: list[_Word], language: str) -> tuple[Terms, Terms]:
    """The terms with their weights: those that tell a topic, and the idle ones."""
    kinds: tuple[Terms, Terms] = ({}, {})
    before: _Word | None = None
    for word in words:
        weight = _IDLE_WORD if word.idle else 1.0
        terms = kinds[word.idle]
        terms[word.stem] = weight * (1 - _MARKS) if word.marks else weight
        if word.marks:
            terms[f"={word.stem}{word.marks}"] = weight * _MARKS
        if before:
            quiet = before.idle + word.idle
            weight = _PAIR.get(language, 0.2) * _IDLE_PAIR**quiet
            kinds[quiet > 0][f"{before.stem} {word.stem}"] = weight
        before = word
    return kinds


def _all_terms(text: str, language: str) -> frozenset[str]:
    return frozenset[str]().union(*_terms(_words(text, language), language))


@lru_cache(maxsize=10_000)
def _spelt(word: str) -> tuple[str, str]:
    """A word folded, and its marks in a fixed order, wherever they stand: hoà and hòa are one."""
    marks = sorted(c for c in normalize("NFD", word) if combining(c) or c == "đ")
    return fold(word) or word, "".join(marks)


def _stem(word: str, language: str) -> str:
    ending = _ENDING.get(language)
    return ending.sub("", word)[:_STEM] if ending else word


def _slips(word: str, language: str) -> Iterator[str]:
    """Every word one lost, swapped, wrong or added letter away, but never the first one."""
    if len(word) < _SLIP_FROM.get(language, 6) or not word.isalpha():
        return
    for i in range(1, len(word) + 1):
        begin, end = word[:i], word[i:]
        yield begin + end[1:]
        yield begin + end[1:2] + end[:1] + end[2:]
        for letter in _LETTERS:
            yield begin + letter + end[1:]
            yield begin + letter + end


def _from_telex(word: str) -> str:
    """The syllable that raw Telex keys stand for, without marks: dduwocj is duoc."""
    rest = word.lstrip("bcdfghjklmnpqrstvxz")
    onset = word.removesuffix(rest).replace("dd", "d")
    return onset + re.sub(r"([aeo])\1", r"\1", re.sub("[sfrxjw]", "", rest))


def _entry(passage: Passage, titles: Collection[str], language: str, titled: float) -> _Entry:
    """`titled` is what a term of the title is worth here."""
    pieces = [_all_terms(passage.text[start:end], language) for start, end in passage.sentences]
    terms = frozenset[str]().union(*pieces)
    windows = {
        (first, last): frozenset[str]().union(*pieces[first : last + 1])
        for first, last in passage.windows
    }
    around = dict.fromkeys(terms, _AROUND) | dict.fromkeys(titles, titled)
    around |= dict.fromkeys(_all_terms(passage.about, language), _ABOUT)
    return _Entry(passage, terms, windows, around)


def _best(entry: _Entry, asked: _Question) -> Found | None:
    """The window that holds most of the question; None when it shares no word of its topic."""
    shared = len(asked.words & entry.around.keys())
    if not shared:
        return None
    around = {term: share for term in asked.terms if (share := entry.around.get(term))}
    gain = {term: asked.terms[term] * (1 - share) for term, share in around.items()}
    outside = sum(asked.terms[term] * share for term, share in around.items())
    whole = sum(asked.terms.values()) + asked.doubt
    chance = 1 if shared > 1 else _COINCIDENCE
    scores: dict[Span, float] = {}
    for (first, last), terms in entry.windows.items():
        held = outside + sum(more for term, more in gain.items() if term in terms)
        scores[first, last] = chance * held / whole - _LONGER * (last - first)
    first, last = max(scores, key=scores.__getitem__)
    passage = entry.passage
    quote = passage.text[passage.sentences[first][0] : passage.sentences[last][1]]
    return Found(passage.lesson, quote, scores[first, last])
