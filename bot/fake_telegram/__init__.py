"""A fake Telegram: the Bot API, strictly, with people, faults and a log; for tests and for play."""

from bot.fake_telegram.faults import Fault as Fault
from bot.fake_telegram.server import FakeTelegram as FakeTelegram
from bot.fake_telegram.world import Call as Call
