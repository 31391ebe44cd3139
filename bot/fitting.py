"""Fits the memory in a process of its own: NumPy computes for seconds, and the bot talks on."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from lessons.memory.fsrs6 import Parameters
from lessons.use_cases.refit import Found, Row


async def apart(rows: Sequence[Row], prior: Parameters) -> Found:
    """The parameters for these reviews; the process ends with the fit, and its memory with it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, fitted, list(rows), tuple(prior))


def fitted(rows: Sequence[Row], prior: Parameters) -> Found:
    """The same in this process."""
    from lessons.memory.fitting import fit
    from lessons.memory.logs import Review

    found = fit((Review(*row) for row in rows), prior)
    return Found(found.parameters, found.loss_prior, found.loss_fitted, found.accepted)
