"""`hocvu settings`: every setting, what it means and what it is now."""

import json
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of lines.")]


def settings(as_json: AsJson = False) -> None:
    """Print every setting with its meaning and its value (environment or .env)."""
    from bot.cli.plain import plainly
    from bot.settings import Settings, read, shown

    with plainly():
        values = shown(read())
    if as_json:
        typer.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for name, field in Settings.model_fields.items():
        variable = f"HOCVU_{name.upper()}"
        typer.echo(f"{variable}={values[variable]}\n    {field.description}")
