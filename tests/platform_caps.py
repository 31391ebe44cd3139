"""What messengers can show: those we serve, and others as they document it, as examples."""

from importlib import import_module
from pkgutil import iter_modules

from bot import platforms
from bot.platforms.telegram_mouth import CAPS as TELEGRAM
from bot.render import Caps

WHATSAPP = Caps(text_max=4096, caption_max=1024, buttons="quick", buttons_max=3, label_max=20)
MESSENGER = Caps(text_max=640, buttons="quick", buttons_max=10, label_max=20)
LINE = Caps(text_max=2000, unit="utf16", buttons="quick", buttons_max=13, label_max=20)
ZALO = Caps(text_max=2000)
PAGER = Caps(
    text_max=40, unit="utf16", buttons="quick", buttons_max=3, label_max=8
)  # the narrowest

EXAMPLES = {
    "whatsapp": WHATSAPP,
    "messenger": MESSENGER,
    "line": LINE,
    "zalo": ZALO,
    "pager": PAGER,
}


def served() -> dict[str, Caps]:
    """The platforms of the folder, by name."""
    modules = [
        import_module(f"{platforms.__name__}.{each.name}")
        for each in iter_modules(platforms.__path__)
    ]
    return {
        module.__name__.rpartition(".")[2]: module.CAPS
        for module in modules
        if hasattr(module, "CAPS")
    }


__all__ = ["EVERY", "LINE", "MESSENGER", "TELEGRAM", "WHATSAPP", "ZALO"]
EVERY = EXAMPLES | served()
