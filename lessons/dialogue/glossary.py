"""The glossary in the conversation: a word looked up, or asked about, answered beside what is under
way; nothing is said of a word that the pending question asks for."""

from lessons.dialogue import asking
from lessons.dialogue.commands import listed
from lessons.dialogue.turns import Sitting, Turn, lesson_place
from lessons.dialogue.tutor import beside
from lessons.glossary import Term, bundled, spelt
from lessons.learner import Asked, Reading
from lessons.messages import Choice
from lessons.texts import languages, say
from lessons.typed import fold

EXAMPLES = ("otp", "chu-ky-so", "du-lieu-ca-nhan")  # where no lesson has words of its own


def how(sitting: Sitting) -> Turn:
    """How a word is looked up, with words of the lesson as examples."""
    place = lesson_place(sitting.learner.place)
    here = f"{place.course}/{place.lesson}" if isinstance(place, Reading | Asked) else ""
    terms = bundled().of_lesson(here) or tuple(filter(None, map(bundled().term, EXAMPLES)))
    text = sitting.voice.say("glossary.how", count=len(bundled().terms))
    return beside(sitting, text, _buttons(sitting, terms), None)


def looked_up(sitting: Sitting, said: str) -> Turn:
    """The entry of a word (or of a term's id), else the nearest ones as buttons."""
    language, voice = sitting.learner.language, sitting.voice
    term = bundled().term(said) or bundled().find(said, language)
    if term is not None:
        if _asked_for(sitting, term):
            return beside(sitting, voice.say("glossary.pending"), (), None)
        return _entry(sitting, term)
    near = bundled().near(said)
    key = "glossary.near" if near else "glossary.unknown"
    return beside(sitting, voice.say(key), _buttons(sitting, near), None)


def asked(sitting: Sitting, question: str) -> Turn | None:
    """The entry that answers a question ("OTP là gì?"), or None when it is not about a word, or
    about one of the pending question: the tutor knows what must not be given away."""
    words, language = spelt(question), sitting.learner.language
    before = len(words) + 1
    while len(words) < before:
        before = len(words)
        words = _without(words, listed(language, "glossary.asking"), at_end=True)
        words = _without(words, listed(language, "glossary.articles"), at_end=False)
    term = bundled().find(" ".join(words), language) if words else None
    return None if term is None or _asked_for(sitting, term) else _entry(sitting, term)


def typed(sitting: Sitting, text: str) -> str | None:
    """The button that "thuật ngữ OTP" means: a word for the glossary, and another one."""
    words = spelt(text)
    left = _without(words, listed(sitting.learner.language, "commands.glossary"), at_end=False)
    return f"term:{' '.join(left)}" if left and len(left) < len(words) else None


def _without(words: list[str], phrases: frozenset[str], *, at_end: bool) -> list[str]:
    """The words without the longest of some phrases at their beginning, or at their end."""
    folded = [fold(word) for word in words]
    for phrase in sorted((phrase.split() for phrase in phrases), key=len, reverse=True):
        size = len(phrase)
        if folded[:size] == phrase:
            return words[size:]
        if at_end and folded[-size:] == phrase:
            return words[:-size]
    return words


def _asked_for(sitting: Sitting, term: Term) -> bool:
    """Whether the pending question speaks of the term, so that its meaning might give it away."""
    found = asking.pending(sitting)
    if found is None:
        return False
    block = found.question.block
    options = (option.text for option in block.options)
    pairs = (side for pair in block.pairs for side in pair)
    texts = (block.prompt, block.explanation, *options, *block.steps, *pairs)
    said = fold(" ".join(texts))
    return any(f" {fold(name)} " in f" {said} " for name in term.every_name)


def _entry(sitting: Sitting, term: Term) -> Turn:
    """The term, what it means, what it is called elsewhere, and the source of a legal meaning."""
    voice, language = sitting.voice, sitting.learner.language
    text = voice.say("glossary.entry", term=term.name(language), meaning=term.means[language])
    names = [(say(each, "language.name"), term.name(each)) for each in languages()]
    others = [f"{name}: {word}" for name, word in names if name != say(language, "language.name")]
    lines = [text, " · ".join(others)]
    if term.source is not None:
        secondary = f" {voice.say('lesson.secondary')}" if term.mark == "G" else ""
        lines.append(voice.say("glossary.source", source=term.source[language]) + secondary)
    buttons: tuple[Choice, ...] = ()
    if sitting.library.lesson(term.lesson):
        buttons = (Choice(f"open:{term.lesson}", voice.say("ask.open")),)
    return beside(sitting, "\n".join(lines), buttons, None)


def _buttons(sitting: Sitting, terms: tuple[Term, ...]) -> tuple[Choice, ...]:
    language = sitting.learner.language
    return tuple(Choice(f"term:{term.id}", term.name(language)) for term in terms)
