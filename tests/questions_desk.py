"""For the tests of question types: a question as authors write it, answered as learners do."""

from lessons.authoring import read_questions
from lessons.course import Marked, More, Question

SEEDS = range(50)
THIRD = 1 / 3


def ask(written: str, language: str = "vi") -> Question:
    """The one question in what an author wrote."""
    (question,) = read_questions(written.strip(), language)
    return question


def answer(question: Question, *messages: str, seed: int = 1) -> Marked | More | None:
    """What the last message of an answer leads to."""
    heard: Marked | More | None = None
    so_far: tuple[str, ...] = ()
    for message in messages:
        heard = question.hear(message, so_far, seed)
        so_far = heard.so_far if isinstance(heard, More) else ()
    return heard


def score(question: Question, *messages: str, seed: int = 1) -> float:
    marked = answer(question, *messages, seed=seed)
    assert isinstance(marked, Marked), marked
    return marked.score


def label(question: Question, option: str, seed: int = 1) -> str:
    """The letter or number an option is shown with."""
    lines = question.show(seed).text.splitlines()
    return next(line.split(".")[0] for line in lines if line.endswith(f". {option}"))
