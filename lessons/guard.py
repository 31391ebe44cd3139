"""What must never be stored or echoed: secrets, identities, cards, passwords, codes, phones.

A message that tells one of these is a leak; a message that asks about them is a question on the
course. Numbers are judged by their shape (province, issuer, check digit, grouping), words by what
stands beside them. Law numbers, dates, amounts and answers such as "1 3" are none of these. Where
it is in doubt the message is stopped: being asked to write it otherwise costs less than a leak.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from unicodedata import category, combining, decimal, normalize

from lessons.messages import Heard
from lessons.typed import clean

LIMIT = 20_000  # characters that are judged; far fewer are kept of a message (lessons.typed)


def guard(text: str) -> str | None:
    """What a message must not be kept for, the gravest first, or None. Never raises.

    "secret", "identity", "card", "password", "code" or "phone".
    """
    text = text[:LIMIT]
    plain = _plain(text)
    numbers = list(_numbers(plain))
    if _is_secret(text, plain):
        return "secret"
    if any(map(_is_identity, numbers)) or _IDENTITY_TOLD.search(plain):
        return "identity"
    if any(map(_is_card, numbers)) or _ACCOUNT_TOLD.search(plain):
        return "card"
    if _tells_password(plain):
        return "password"
    if _CODE_TOLD.search(plain):
        return "code"
    return "phone" if _tells_phone(numbers, plain) else None


def screened(heard: Heard) -> Heard:
    """The message as it may be kept: cleaned, or only the kind of what must not be."""
    if heard.medium != "text":
        return heard
    text = clean(heard.text)
    kind = guard(text)
    return replace(heard, text=text if kind is None else kind, medium="guarded" if kind else "text")


def _plain(text: str) -> str:
    """Small letters without marks, ASCII digits, spaces and hyphens; nothing invisible."""
    letters = (c for c in normalize("NFKD", text).casefold() if not combining(c))
    return "".join(c if c.isascii() else _ascii(c) for c in letters)


def _ascii(c: str) -> str:
    kind = category(c)
    if kind == "Nd":
        return str(decimal(c))
    plain = {"đ": "d", "ð": "d", "Zs": " ", "Zl": "\n", "Zp": "\n", "Pd": "-", "Cf": "", "Mn": ""}
    return plain.get(c, plain.get(kind, c))


# --- numbers ---

# Digits in groups; what touches a letter or a slash is part of something else (134/2025/QH15).
_RUN = re.compile(r"(?<![\w/])(?<!\d[.,])\d+(?:[ .()-]{1,3}\d+)*(?![\w/]|,\d)")
_MONEY = re.compile(
    r"\s*(?:dong|vnd|d|trieu|ty|nghin|ngan|nguoi|usd|eur|euros?|dollars?|%|\$)(?!\w)"
)
_MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class _Number:
    """Nine to nineteen digits in groups, with one kind of separator between them."""

    groups: tuple[str, ...]
    international: bool  # a plus sign stands before it

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(map(len, self.groups))

    @property
    def is_list(self) -> bool:
        """Pairs such as 01 02 03 may be days or the order of an answer."""
        return set(self.shape) == {2} and all(int(pair) <= 31 for pair in self.groups)


def _numbers(plain: str) -> Iterator[_Number]:
    """The numbers of a text; a run of groups may hold several, and an item number before them."""
    for run in _RUN.finditer(plain):
        if _MONEY.match(plain, run.end()):
            continue
        groups = re.findall(r"\d+", run[0])
        gaps = [re.sub(r"[ ()]", "", gap) for gap in re.findall(r"\D+", run[0])]
        for first in range(len(groups)):
            plus = first == 0 and plain[: run.start()].endswith("+")
            for end in range(first + 1, min(first + _MOST_GROUPS, len(groups)) + 1):
                size = sum(map(len, groups[first:end]))
                if size > 19 or len(set(gaps[first : end - 1])) > 1:
                    break
                if size >= 9:
                    yield _Number(tuple(groups[first:end]), plus)


# Province 001 to 096, sex and century of birth, year, six more (Decree 137/2015/NĐ-CP, article 13)
_CITIZEN = re.compile(r"0(?!00)([0-8]\d|9[0-6])[0-3]\d{8}")
_CITIZEN_SHAPES = {
    (3, 3, 3, 3), (4, 4, 4), (6, 6), (3, 3, 6), (3, 1, 2, 6), (3, 9), (4, 8), (2,) * 6, (1,) * 12,
}  # fmt: skip
_MOMENT = re.compile(r"20\d\d(0\d|1[0-2])([0-2]\d|3[01])([01]\d|2[0-3])[0-5]\d")
_IDENTITY_TOLD = re.compile(
    r"\b(?:cccd|cmnd|can cuoc|chung minh|dinh danh|identity|id (?:no|number|card)|d.identite|cni"
    r"|cmt|bhxh|bhyt|bao hiem (?:xa hoi|y te))\b[^\d\n?]{0,40}"
    r"(?!\d\d?[ .-]\d\d?[ .-]\d{4})\d(?:[ .-]?\d){8,14}(?![\d/])"  # no date
    r"|\b(?:ho chieu|passport|passeport)\b[^\d\n?]{0,30}\b[a-z]{1,2}\d{7}\b"
)


def _is_identity(number: _Number) -> bool:
    """A citizen's number: twelve digits in one piece, or in groups with a province in front."""
    digits = number.digits
    if len(digits) != 12 or number.is_list:
        return False
    if len(number.groups) == 1:
        return not (_MOMENT.fullmatch(digits) or digits.endswith("000"))
    return number.shape in _CITIZEN_SHAPES and _CITIZEN.fullmatch(digits) is not None


_CARD_SHAPES = {(4, 4, 4, 4), (4, 4, 4, 4, 3), (4, 6, 5), (4, 6, 4), (8, 8), (6, 10), (6, 13)}
_ISSUED = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7]|35)\d{14}|3[47]\d{13}|3[068]\d{12}|6\d{15,18}"
)
_ACCOUNT_TOLD = re.compile(
    r"\b(?:stk|so tai khoan|so the|account (?:no|number)|numero de (?:compte|carte)|iban|rib)\b"
    r"[^\d\n?]{0,30}\d(?:[ .-]?\d){7,}"
)


def _is_card(number: _Number) -> bool:
    """A payment card: 13 to 19 digits of an issuer with the right check digit (ISO/IEC 7812), or
    a Vietnamese one, which has 16 or 19 and begins with 9704."""
    digits = number.digits
    if len(digits) < 13 or not (len(number.groups) == 1 or number.shape in _CARD_SHAPES):
        return False
    domestic = digits.startswith("9704") and len(digits) in (16, 19)
    return domestic or (_ISSUED.fullmatch(digits) is not None and _luhn(digits))


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


_MOBILE = re.compile(r"(?:0|(?:00)?840?)[35-9]\d{8}")
_LANDLINE = re.compile(r"(?:0|(?:00)?84)2\d{8,9}")
_DATE_SHAPES = {(2, 2, 4, 2), (4, 2, 2, 2)}
_ASKED_ABOUT = re.compile(
    r"\b(?:lua dao|gia mao|mao danh|tong dai|duong day nong|hotline|quay roi|rac|spam|scam|fraud"
    r"|arnaque|(?:so|nguoi) la (?:goi|nhan|nao))\b"
)
_SOMEBODYS = re.compile(r"\bcua (?:toi|em|minh|anh|chi|ong|ba|co|bac|chu|cu tri)\b|\b(?:my|mon)\b")


def _tells_phone(numbers: list[_Number], plain: str) -> bool:
    """A mobile number, or several of any kind; not one that calls people or is called by all."""
    mobile = {number.digits[-9:] for number in numbers if _is_mobile(number)}
    fixed = {number.digits for number in numbers if _LANDLINE.fullmatch(number.digits)}
    asked_about = _ASKED_ABOUT.search(plain) and not _SOMEBODYS.search(plain)
    return len(mobile | fixed) > 1 or (len(mobile) == 1 and not asked_about)


def _is_mobile(number: _Number) -> bool:
    if number.is_list or number.shape in _DATE_SHAPES:
        return False
    return number.international or _MOBILE.fullmatch(number.digits) is not None


# --- words ---

_PASSWORD = r"\b(?:mat khau|mat ma|password|passwd|mot de passe|mdp|pwd|pass|mk|pw)\b"
_PASSWORD_TOLD = re.compile(
    _PASSWORD + r"(?P<whose>[^\n.?!,;:=]{0,40}?)"
    r"(?P<told>\s*[:=]+\s*|\s+(?:la|is|est|thanh)\b[\s:]+)(?=(?P<said>\S[^\n]{0,80}))"
)
_PASSWORD_BESIDE = re.compile(_PASSWORD + r"(?: [a-z]+){0,2} (?P<said>\S+)\s*$", re.MULTILINE)
_OWN = re.compile(r"\b(?:cua|my|our|mon|notre)\b")
_ASKING = re.compile(
    r"\?|\b(?:gi|nao|sao|bao nhieu|bao lau|what|how|quoi|comment|(?:co|duoc)\b.*\bkhong)\b"
)
_ABOUT_ONE = re.compile(
    r"(?:yeu|manh|ngan|dai|cu|moi|sai|dung|mot|loai|thu|cai|chuoi|khong|bi|rat|qua|weak|strong|short"
    r"|long|old|new|wrong|lost|too|not|very|an?|the|faible|fort|court|trop|pas|perdu|une?|l[ea])\b"
)


def _tells_password(plain: str) -> bool:
    beside = (found["said"] for found in _PASSWORD_BESIDE.finditer(plain))
    told = _PASSWORD_TOLD.finditer(plain)
    return any(_is_password(word, 6) for word in beside) or any(_is_told(found) for found in told)


def _is_told(found: re.Match[str]) -> bool:
    """The next word looks like a password, or one's own is told in a few ordinary words."""
    before = found.string[max(0, found.start() - 12) : found.start()]
    own = _OWN.search(before + found["whose"]) is not None
    said = found["said"].split()
    asking = _ASKING.search(found["said"]) is not None
    if _is_password(said[0], 4 if own else 5):
        return own or not asking or not said[0].strip(",.?!").isdigit()
    few = len(said) <= 3 if own else len(said) == 1 and found["told"].strip() in ":="
    return few and not asking and not _ABOUT_ONE.match(found["said"]) and len(said[0]) > 2


def _is_password(word: str, least: int) -> bool:
    """Letters and digits, a sign among them, or a long enough number; not a date or a law."""
    word = word.strip("\"'“”«»()[].,;!?")
    if len(word) < least or re.match(r"\d+[./-]", word):
        return False
    mixed = re.search(r"[a-z]", word) and re.search(r"\d", word)
    return bool(mixed or word.isdigit() or re.search(r"\w[@#$!%^&*_+~]\w", word))


_CODE = (
    r"(?:\b(?:otp|cvv|cvc)\b|\bma (?:xac (?:thuc|nhan|minh)|kich hoat|bao mat|dang nhap|pin)\b"
    r"|\b(?:verification|security|login|confirmation|one-time|access|pin) code\b"
    r"|\bcode (?:pin|recu|de (?:verification|securite|confirmation|connexion))\b)"
)
_ELSEWHERE = (  # what a number that follows these words is
    r"\b(?:nam|dieu|khoan|luat|nghi dinh|thong tu|quyet dinh|cong van|goi|tong dai|dau so|bao so"
    r"|calls?|report|law|article|decree|loi|decret|appeler)\b"
)
_UNIT = (
    r"(?! ?(?:phut|giay|gio|ky tu|chu so|so|nguoi|dong|lan|nam|ngay|vu|trieu|minutes?|seconds?"
    r"|secondes|digits?|chiffres|characters|caracteres|people|cases)\b)"
)
_DIGITS = (  # a year only behind "is"
    r"(?<![\w/.,])(?:g-)?(?:(?<=\b(?:la|is) )|(?!(?:19|20)\d\d\b))"
    r"(?:\d{3}[ -]\d{3}|\d(?: \d){5}|\d{4,8})(?![\w/]|[.,-]\w)"
)
_CODE_TOLD = re.compile(
    rf"{_CODE}(?:(?!{_ELSEWHERE})[^\d\n?]){{0,50}}{_DIGITS}{_UNIT}"
    rf"|{_DIGITS}\s*(?:-|:|la|is|est)?\s*(?:(?:so|my|your|the|le|mon|votre) )?{_CODE}"
    r"|\b(?:ma|code)(?: so)?[ :]+\d{6}\b[^\n?]{0,30}\b(?:xac (?:thuc|nhan|minh)|dang nhap|verify)\b"
)


_INTERNAL = {"luuhanhnoibo", "tailieuluuhanhnoibo", "khongphobien"}
_MARKINGS = _INTERNAL | {
    "mat", "toimat", "tuyetmat", "secret", "topsecret", "tressecret", "secretdefense",
    "confidential", "confidentiel", "diffusionrestreinte", "internaluseonly", "usageinterne",
}  # fmt: skip
_DEGREE = re.compile(r"\bdo mat\s*:")
_PASTED = re.compile(
    r"\b(?:tai lieu|van ban|cong van|ho so|bao cao|ke hoach|to trinh|du thao|bien ban|document|memo"
    r"|report|rapport|note)\b[^\n.?:]{0,30}\b(?:mat|luu hanh noi bo|secret|confidential|classified"
    r"|confidentiel)\b[^\n?:]{0,40}\b(?:sau|duoi day|nay|kem theo|below|following|ci-dessous)\b"
    r"[^\n?:]{0,20}:\s*[^?]{40,}"
)
_DOCUMENT = 40  # characters beside the marking; less is an answer or a question


def _is_secret(text: str, plain: str) -> bool:
    """A pasted document with its marking: a line of its own, in brackets, or capitals that begin a
    line. Several different markings are talk about them."""
    lines = [line for line in text.splitlines() if line.strip()]
    loud = re.findall(r"[\[(]([^\[\]()]{3,40})[\])]", text)
    loud += [re.split(r"[.:;,–—]|\s-", line.strip())[0] for line in lines]
    found = {_marking(line) for line in lines if len(lines) > 1}
    found |= {_marking(piece) for piece in loud if piece.isupper() or _letters(piece) in _INTERNAL}
    found.discard("")
    beside = len(text.strip()) - max(map(len, found), default=0)
    document = beside >= _DOCUMENT and not text.rstrip().endswith("?")
    return (document and len(found) == 1) or _PASTED.search(plain) is not None


def _marking(piece: str) -> str:
    """The marking a piece of text is, or nothing. Mật alone is one only when labelled or loud."""
    plain = _plain(piece)
    named = _DEGREE.sub("", plain)
    letters = _letters(named)
    loud = named != plain or (piece.strip().isupper() and _is_mat(piece))
    return letters if letters in _MARKINGS and (letters != "mat" or loud) else ""


def _letters(piece: str) -> str:
    return "".join(filter(str.isalnum, _plain(piece)))


def _is_mat(piece: str) -> bool:
    """Without marks or with those of Mật; mặt and mất are other words."""
    marks = {c for c in normalize("NFD", piece) if combining(c)}
    return not marks or marks == {"\u0302", "\u0323"}
