"""Delivery to a webhook: many at once, in order within a chat, again until it is taken."""

import asyncio
from collections.abc import Sequence

import aiohttp

from bot.fake_telegram.faults import Faults
from bot.fake_telegram.world import Update, Webhook, World

SECRET = "X-Telegram-Bot-Api-Secret-Token"
PATIENCE = aiohttp.ClientTimeout(total=60)


class Delivery:
    """One lane per chat that has something to tell; `backoff` are the seconds between tries, the
    last for all that follow."""

    def __init__(self, world: World, faults: Faults, backoff: Sequence[float]) -> None:
        self._world = world
        self._faults = faults
        self._backoff = backoff
        self._lanes: dict[int, list[Update]] = {}
        self._walks: set[asyncio.Task[None]] = set()
        self._gate = asyncio.Semaphore(1)
        self._client: aiohttp.ClientSession | None = None

    def news(self, update: Update) -> None:
        """Something new is to be delivered, if there is a webhook."""
        if self._world.webhook is None or self._client is None:
            return
        lane = self._lanes.get(update.chat)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.chat] = [update]
        walk = asyncio.create_task(self._walk(update.chat, self._world.webhook, self._client))
        self._walks.add(walk)
        walk.add_done_callback(self._walks.discard)

    async def begin(self) -> None:
        """Deliver what waits to the webhook as it is set now, if there is one."""
        await self.end()
        if self._world.webhook is None:
            return
        self._gate = asyncio.Semaphore(self._world.webhook.at_once)
        self._client = aiohttp.ClientSession(timeout=PATIENCE)
        for update in list(self._world.updates.values()):
            self.news(update)

    async def end(self) -> None:
        walks = list(self._walks)
        for walk in walks:
            walk.cancel()
        await asyncio.gather(*walks, return_exceptions=True)
        self._lanes.clear()
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _walk(self, chat: int, hook: Webhook, client: aiohttp.ClientSession) -> None:
        lane, tries = self._lanes[chat], 0
        while lane:
            shuffled = self._faults.delivery("shuffle") if len(lane) > 1 else None
            update = shuffled.chance.choice(lane) if shuffled else lane[0]
            async with self._gate:
                problem = await self._post(update, hook, client)
            if not problem:
                lane.remove(update)
                self._world.updates.pop(update.number, None)
                tries = 0
                continue
            hook.error, hook.error_at = problem, int(self._world.now())
            await asyncio.sleep(self._backoff[min(tries, len(self._backoff) - 1)])
            tries += 1
        del self._lanes[chat]

    async def _post(self, update: Update, hook: Webhook, client: aiohttp.ClientSession) -> str:
        """Why it was not taken; empty when it was."""
        headers = {SECRET: hook.secret} if hook.secret else {}
        try:
            async with client.post(hook.url, json=update.body, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"
