"""What people type: cleaned at the door, and compared without minding diacritics, Telex or slips.

Diacritics decide first and are forgiven only where nothing matches with them, because mật, mát and
mất differ. The words people use inside an answer (yes, not, twenty, May) stand in `lessons/texts/`
under `question.typed`; those of all languages are understood at once. Where a text holds no answer
the result is None; nothing here raises. Numbers and dates: `lessons/typed_numbers.py`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, product
from operator import eq
from unicodedata import category, normalize

from lessons import texts

LETTERS = "ABCDEFGH"
LIMIT = 4000  # characters of a message that are read
SLIP_FROM = 8  # letters of an answer in which one slip of the finger is forgiven
DENIED = 3  # words after "not" that it may deny

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|{_MARK})*")
_STACK = re.compile(rf"({_MARK}{{4}}){_MARK}+")
_LIKE = str.maketrans({"ð": "đ", "œ": "oe", "æ": "ae", "\ufe0f": "", "\u20e3": ""})  # keycaps
_CLAUSE_ENDS = re.compile(r"[,;:.!?…]+(?:\s+|$)|\n")
_ELIDED = re.compile(r"\b\w['’](?=\w)|(?<=\w)['’]s\b")
_SEPARATORS = re.compile(r"[,;\n>→]")


def clean(text: str) -> str:
    """A text as it may enter: NFC, no control or invisible characters, stripped, LIMIT at most."""
    if text.isascii() and text.isprintable():  # nearly every tap and many a message
        return text[:LIMIT].strip()
    text = re.sub(r"\r\n?", "\n", text[: 2 * LIMIT])
    text = _STACK.sub(r"\1", text)  # to normalise a stack of marks takes the square of its height
    kept = (c for c in text if c in "\n\t" or category(c) not in ("Cc", "Cf", "Cs"))
    whole = normalize("NFC", "".join(kept)).strip()[:LIMIT]
    if not whole.isascii():  # one letter may stand for eighteen: what counts is what is compared
        sizes = accumulate(len(normalize("NFKC", c)) for c in whole)
        whole = whole[: sum(size <= LIMIT for size in sizes)]
    return whole.strip()


def fold(text: str) -> str:
    """The form for comparing: words without capitals, diacritics or punctuation, single spaces."""
    return " ".join(map(_plain, _words(text)))


def _words(text: str) -> list[str]:
    apart = normalize("NFKD", normalize("NFKC", text).casefold()).translate(_LIKE)
    return _WORD.findall(apart)


def _spelt(text: str) -> list[str]:
    """The words with their diacritics, the tone at the end of each (hoà and hòa are one)."""
    return list(map(_tone_last, _words(text)))


# Of texts of ours, options and labels: kept for the next time. What people type is not to stay in
# memory, so it never comes here.
ours = lru_cache(4096)(fold)
_wanted = lru_cache(4096)(_spelt)  # read only


def _tone_last(word: str) -> str:
    tones = "".join(c for c in word if c in _TONES)
    return word.translate(dict.fromkeys(map(ord, _TONES))) + tones if tones else word


def _plain(word: str) -> str:
    return word if word.isascii() else re.sub(_MARK, "", word).replace("đ", "d")


@cache
def understood(key: str) -> frozenset[str]:
    """The folded words under `question.typed.KEY` of every language's texts."""
    return frozenset(map(fold, entries(key)))


@cache
def _spellings(key: str) -> frozenset[str]:
    """The same with their diacritics, for words that mean something else without (no, don)."""
    return frozenset(" ".join(_spelt(entry)) for entry in entries(key))


def entries(key: str) -> list[str]:
    """What stands under `question.typed.KEY`, language by language, as it is written."""
    every = (texts.words(language, f"question.typed.{key}") for language in texts.languages())
    return [entry for entries in every for entry in entries]


@cache
def valued(key: str) -> dict[str, str]:
    """Folded word -> its value, for entries such as "twenty 20"."""
    parts = (entry.rpartition(" ") for entry in entries(key))
    return {fold(word): value for word, _, value in parts}


# --- the same words ---


def same(said: str, expected: str) -> bool:
    """The same words, however they were typed."""
    return _alike(_spelt(clean(said)), _wanted(expected))


def contains(said: str, expected: str) -> bool:
    """The expected words follow each other somewhere in what was said."""
    return after(said, expected) is not None


def after(said: str, expected: str) -> str | None:
    """What was said behind the expected words; None when they were not said."""
    words = _spelt(clean(said))
    for _, end in _spans(words, _wanted(expected), _alike):
        return " ".join(words[end:])
    return None


def mentioned(said: str, known: Sequence[str], prompt: str = "") -> tuple[int, ...]:
    """Which of the known answers were said and not denied ("not public" does not say "public").

    An answer that is part of a longer one that was said does not count. Words as they are spelt
    come first, then those without diacritics or in raw Telex, then those with one slip of the
    finger; of equals, the first known. Denials do not count when the prompt has one itself:
    people repeat its words.
    """
    words, denied = _denials(clean(said))
    lenient = any(_denials(prompt)[1])
    wanted = sorted(enumerate(map(_wanted, known)), key=lambda each: -len(each[1]))
    found: list[int] = []
    for fits, (index, expected) in product((eq, _alike, _slipped), wanted):
        for start, end in _spans(words, expected, fits):
            if lenient or not denied[start]:
                found.append(index)
                words[start:end] = [""] * (end - start)
    return tuple(dict.fromkeys(found))


def _denials(text: str) -> tuple[list[str], list[bool]]:
    """The words, and for each whether a word shortly before it in its clause denies it."""
    words: list[str] = []
    denied: list[bool] = []
    denials, only, but = _spellings("denials"), _spellings("only"), _spellings("but")
    for clause in _CLAUSE_ENDS.split(text):
        left = 0
        for word in _spelt(clause):
            words.append(word)
            denied.append(left > 0)
            left = DENIED if word in denials else max(0, left - 1)
            if word in only or word in but:
                left = 0
    return words, denied


_Fits = Callable[[list[str], list[str]], bool]


def _spans(words: list[str], expected: list[str], fits: _Fits) -> Iterator[tuple[int, int]]:
    """Where words fit the expected ones; a slip may have joined or parted two of them."""
    size = len(expected)
    sizes = (size, size - 1, size + 1) if fits is _slipped else (size,)
    for count in filter(None, sizes if expected else ()):
        for start in range(len(words) - count + 1):
            if fits(words[start : start + count], expected):
                yield start, start + count


def _alike(words: list[str], expected: list[str]) -> bool:
    pairs = zip(words, expected, strict=False)
    return bool(words) and len(words) == len(expected) and all(_one_word(*pair) for pair in pairs)


def _one_word(said: str, expected: str) -> bool:
    word, meant = _plain(said), _plain(expected)
    return meant in (word, _in_full(word)) or (said.isascii() and meant == from_telex(word))


def _in_full(word: str) -> str:
    return fold(valued("short").get(word, ""))


def from_telex(word: str) -> str:
    """The syllable that raw Telex keys stand for, without marks: dduwocj -> duoc, loiwf -> loi."""
    onset = re.split("[aeiouyw]", word, maxsplit=1)[0]
    rest = word[len(onset) :]
    return onset.replace("dd", "d") + re.sub(r"([aeo])\1", r"\1", re.sub("[sfrxjwzd]", "", rest))


def _slipped(words: list[str], expected: list[str]) -> bool:
    """One letter too many, too few, wrong or swapped; never the first, never among digits."""
    if _plain(words[0])[:1] != _plain(expected[0])[:1]:
        return False
    said, meant = "".join(map(_plain, words)), "".join(map(_plain, expected))
    if len(meant) < SLIP_FROM or re.search(r"\d", said + meant):
        return False
    letters = enumerate(zip(said, meant, strict=False))
    start = next((i for i, (a, b) in letters if a != b), min(len(said), len(meant)))
    rest, other = said[start:], meant[start:]
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return swapped or rest in (other, other[1:]) or rest[1:] in (other, other[1:])


# --- letters, numbers and words of options ---


def bare(text: str) -> list[str]:
    """The words that may be an answer: without "I think it is", "and", "please"."""
    words = _spelt(_ELIDED.sub("", clean(text)))
    idle = understood("before") | understood("joining")
    polite = {w for w in words if len(_plain(w)) == 1 and not w.isascii() and w != "đ"}
    return [w for w in words if _plain(w) not in idle and w not in polite]


def chosen(text: str, options: Sequence[str]) -> int | None:
    """The option that was meant: by letter, number, its words or a telling part of them."""
    label = bare(text)
    index = _by_label(label[0], options) if len(label) == 1 else None
    return _by_words(clean(text), options) if index is None else index


def _by_label(word: str, options: Sequence[str]) -> int | None:
    """By letter or number; a number that begins one option ("15 days") is that option's own."""
    begins = [i for i, option in enumerate(options) if _wanted(option)[:1] == [word]]
    if word.isdigit() and len(begins) == 1:
        return begins[0]
    return _place(word, len(options)) if len(word) == 1 else None


def _place(label: str, n: int) -> int | None:
    index = max(LETTERS.lower().find(label), "123456789".find(label))
    return index if 0 <= index < n else None


def _by_words(said: str, options: Sequence[str]) -> int | None:
    words = _spelt(said)
    for fits in (eq, _alike, *([] if said.endswith("?") else [_part])):
        hits = [i for i, option in enumerate(options) if fits(words, _wanted(option))]
        if hits:
            return hits[0] if len(hits) == 1 else None
    phrases = [option if len(_wanted(option)) > 1 else "" for option in options]
    found = mentioned(said, phrases)
    around = {*fold(said).split()} - {word for i in found for word in ours(options[i]).split()}
    asking = said.endswith("?") or around & understood("asking")
    return found[0] if len(found) == 1 and not asking else None


def _part(words: list[str], option: list[str]) -> bool:
    """A beginning of two words, or any three that follow each other."""
    size = len(words)
    starts = range(len(option)) if size > 2 else range(size - 1)
    return any(_alike(words, option[at : at + size]) for at in starts)


def listed(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The options whose words (or labels) were said, in the order they were said."""
    parts = [part for part in _SEPARATORS.split(clean(text)) if part.strip()]
    found = [index for part in parts if (index := chosen(part, options)) is not None]
    return tuple(found) if found and len(found) == len(parts) else None


def several(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The options that were meant: "1 3", "a,c", "ac", or their words with commas between."""
    alphabetical = all(len(w) == 1 or list(w) == sorted(set(w)) for w in bare(text))
    labels = _labels(text, len(options)) if alphabetical else None
    found = labels or listed(text, options)
    if found is None and not clean(text).endswith("?"):
        found = mentioned(text, [option if " " in option else "" for option in options])
    return tuple(sorted(set(found))) if found else None


def _labels(text: str, n: int) -> tuple[int, ...] | None:
    places = [_place(label, n) for label in "".join(bare(text))]
    found = tuple(place for place in places if place is not None)
    return found if found and len(found) == len(places) else None


def order(text: str, n: int) -> tuple[int, ...] | None:
    """All n labels in the order they were typed: "3 1 2", "312", "c a b", "3 > 1 > 2"."""
    labels = _labels(text, n)
    return labels if labels and sorted(labels) == list(range(n)) else None


def paired(text: str, n: int) -> tuple[int, ...] | None:
    """The right side of each left one: "1c 2a 3b", "1-c, 2-a, 3-b", "c a b" or "3 1 2"."""
    labels, typed = _labels(text, n) or (), "".join(bare(text))
    if len(labels) == n and (typed.isalpha() or typed.isdigit()):
        return labels
    if re.fullmatch(r"(?:\d\w)+", typed):
        lefts, rights = labels[::2], labels[1::2]
    elif re.fullmatch(r"(?:[a-z]\d)+", typed):
        rights, lefts = labels[::2], labels[1::2]
    else:
        return None
    pairs = sorted(zip(lefts, rights, strict=False))
    return tuple(right for _, right in pairs) if sorted(lefts) == list(range(n)) else None
