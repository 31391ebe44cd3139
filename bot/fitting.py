"""Fits the memory in a process of its own: NumPy computes for seconds, and the bot talks on."""

import asyncio
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from lessons.use_cases.refit import Found, Job


async def apart(jobs: Sequence[Job]) -> Sequence[Found]:
    """One result for each; the process ends with the last, and its memory with it."""
    own = get_context("spawn")  # a copy of the bot would have its connections too
    pool = ProcessPoolExecutor(1, own, signal.signal, (signal.SIGINT, signal.SIG_IGN))
    try:
        loop = asyncio.get_running_loop()
        return [await loop.run_in_executor(pool, fitted, job) for job in jobs]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # whoever stops the bot does not wait


def fitted(job: Job) -> Found:
    """The same in this process."""
    from lessons.memory.fitting import fit
    from lessons.memory.logs import Review

    rows, prior = job
    found = fit((Review(*row) for row in rows), prior)
    return Found(found.parameters, found.loss_prior, found.loss_fitted, found.accepted)
