"""How a command fails: one sentence on standard error and an exit code, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what an operator can mend into a sentence."""
    from bot.settings import Wrong
    from lessons.ports import Unavailable

    try:
        yield
    except Wrong as reason:
        typer.echo(f"hocvu: {reason}", err=True)
        raise typer.Exit(2) from None
    except Unavailable as reason:
        typer.echo(f"hocvu: {reason}", err=True)
        raise typer.Exit(1) from None
