"""Logs for the operator: structured, on standard error, and without a word of what people write."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")  # a bot's, as its maker gives it out


def configure(*, quiet: bool = False) -> None:
    """Readable lines on a terminal, JSON elsewhere. `quiet` shows errors only."""
    level = logging.ERROR if quiet else logging.INFO
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logging.getLogger("asyncio").addFilter(_without_words)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)  # quotes answers; we log what failed
    for handler in logging.getLogger().handlers:
        handler.addFilter(_line_without_tokens)
    render = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where,
            _without_tokens,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _where(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its type and its path through the code: variables and messages can quote
    what a learner wrote, so neither is logged."""
    if event.pop("exc_info", None) is None:
        return event
    kind, error, _trace = sys.exc_info()
    if error is None or kind is None:
        return event
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    kind = type(error)
    frames = traceback.extract_tb(error.__traceback__)
    path = (f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    event["exception"] = kind.__name__
    event["path"] = " > ".join(path)
    return event


def hidden(text: str) -> str:
    """The text without what a messenger's server takes for a password."""
    return TOKEN.sub("***", text)


def _without_tokens(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = hidden(value)
    return event


def _line_without_tokens(record: logging.LogRecord) -> bool:
    """Other people's log lines name addresses, and a bot's address holds its token."""
    record.msg, record.args = hidden(record.getMessage()), ()
    return True


def _without_words(record: logging.LogRecord) -> bool:
    """asyncio names the exception of a lost task in full; only that there was one is kept."""
    record.msg, record.args, record.exc_info = record.msg.split("\n")[0], (), None
    return True
