"""sendPoll and stopPoll."""

from typing import Any

from bot.fake_telegram.chats import Poll, Wire
from bot.fake_telegram.errors import bad
from bot.fake_telegram.fields import fields, only
from bot.fake_telegram.keyboards import inline
from bot.fake_telegram.markup import checked, parsed, units
from bot.fake_telegram.sending import COMMON, post
from bot.fake_telegram.world import World

QUESTION = 300
OPTIONS = 12
OPTION = 100
EXPLANATION = 200
LINES = 2  # line feeds in an explanation
DESCRIPTION = 1024
SHORTEST, LONGEST = 5, 2_628_000  # seconds a poll may be open


def send_poll(world: World, p: Wire) -> Wire:
    chat = world.reached(p["chat_id"])
    question, marks = _read(p, "question")
    if marks:
        raise bad("only custom emoji may be used in a poll question")
    if not question or units(question) > QUESTION:
        raise bad("poll question must be 1-300 characters long")
    options = _options(p["options"])
    quiz, several = _type(p), p.get("allows_multiple_answers", False)
    right = _right(p, quiz, several, len(options))
    extra = _explanation(p, quiz)
    number = world.number("poll")
    poll = Poll(
        str(5_400_000_000 + number),
        question,
        options,
        quiz,
        p.get("is_anonymous", True),
        several,
        p.get("allows_revoting", not quiz),
        right,
        extra,
        _closes(p, world.now()),
        p.get("is_closed", False),
    )
    message = post(world, chat, p, {})
    message.poll = poll
    if world.keep:
        world.polls[poll.id] = (poll, message)
    return message.wire(world.now())


def _read(p: Wire, name: str) -> tuple[str, list[Any]]:
    given, entities = p.get(name, ""), p.get(f"{name}_entities")
    return checked(given, entities) if entities else parsed(given, p.get(f"{name}_parse_mode"))


def _options(given: list[Any]) -> list[str]:
    if not 1 <= len(given) <= OPTIONS:
        raise bad(f"poll must have 1-{OPTIONS} answer options")
    found = []
    for option in given:
        if not isinstance(option, str):
            only(option, "text text_parse_mode text_entities", "a poll option")
        text = option if isinstance(option, str) else option.get("text")
        if not isinstance(text, str) or not text.strip() or units(text) > OPTION:
            raise bad("poll options length must be 1-100 characters")
        found.append(text.strip())
    return found


def _type(p: Wire) -> bool:
    kind = p.get("type", "regular")
    if kind not in ("quiz", "regular"):
        raise bad("unsupported poll type specified")
    return bool(kind == "quiz")


def _right(p: Wire, quiz: bool, several: bool, options: int) -> list[int]:
    """The correct options of a quiz: given as a list, or as one number in the older way."""
    given = p.get("correct_option_ids")
    if given is None and "correct_option_id" in p:
        given = [p["correct_option_id"]]
    if not quiz:
        if given is not None:
            raise bad("correct options can be given for a quiz only")
        return []
    if not given:
        raise bad("quiz must have a correct option")
    if not all(isinstance(n, int) and 0 <= n < options for n in given):
        raise bad("wrong correct option ID specified")
    if given != sorted(set(given)):
        raise bad("correct_option_ids must be monotonically increasing")
    if len(given) > 1 and not several:
        raise bad("several correct options need allows_multiple_answers")
    return list(given)


def _explanation(p: Wire, quiz: bool) -> Wire:
    extra: Wire = {}
    text, entities = _read(p, "explanation")
    if text:
        if not quiz:
            raise bad("explanation can be given for a quiz only")
        if units(text) > EXPLANATION or text.count("\n") > LINES:
            raise bad("explanation must be 0-200 characters long with at most 2 line feeds")
        extra["explanation"] = text
        if entities:
            extra["explanation_entities"] = entities
    text, entities = _read(p, "description")
    if units(text) > DESCRIPTION:
        raise bad("poll description is too long")
    if text:
        extra["description"] = text
    return extra


def _closes(p: Wire, now: float) -> float:
    if "open_period" in p and "close_date" in p:
        raise bad("open_period and close_date can't be used together")
    if "open_period" not in p and "close_date" not in p:
        return 0.0
    seconds = float(p.get("open_period", p.get("close_date", 0) - now))
    if not SHORTEST - 1 <= seconds <= LONGEST:
        raise bad("wrong poll open period or close date")
    return now + seconds


def stop_poll(world: World, p: Wire) -> Wire:
    chat = world.reached(p["chat_id"])
    message = world.message(chat, p["message_id"], "message with poll to stop not found")
    poll = message.poll
    if poll is None:
        raise bad("message with poll to stop not found")
    if poll.is_closed(world.now()):
        raise bad("poll has already been closed")
    message.body.pop("reply_markup", None)
    if "reply_markup" in p:
        message.body["reply_markup"] = inline(p["reply_markup"])
    poll.closed = True
    world.tell("poll", poll.wire(world.now()), chat.id)
    return poll.wire(world.now())


METHODS = {
    "sendPoll": (
        fields(
            COMMON + "question! question_parse_mode question_entities options! is_anonymous type "
            "allows_multiple_answers allows_revoting shuffle_options hide_results_until_closes "
            "correct_option_ids correct_option_id explanation explanation_parse_mode "
            "explanation_entities open_period close_date is_closed description "
            "description_parse_mode description_entities"
        ),
        send_poll,
    ),
    "stopPoll": (fields("chat_id! message_id! reply_markup"), stop_poll),
}
