"""Follows the feed, whatever happens to the line. Knows nothing of Home Assistant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
import logging
from typing import Any

from .api import EncoreError, EncoreTokenRefused

_LOGGER = logging.getLogger(__name__)

FIRST_RETRY_S = 1
LAST_RETRY_S = 60


async def follow(
    feed: Callable[[], AsyncIterator[dict[str, Any]]],
    take: Callable[[dict[str, Any]], Awaitable[None]],
    lost: Callable[[EncoreError], None],
    *,
    first_retry_s: float = FIRST_RETRY_S,
    last_retry_s: float = LAST_RETRY_S,
) -> None:
    """Hands every message to `take`, for ever; comes back with growing pauses.

    `lost` hears why there is no line. Raises EncoreTokenRefused, after which nothing would help.
    """
    wait_s = first_retry_s
    while True:
        try:
            async for message in feed():
                wait_s = first_retry_s
                await take(message)
            why = EncoreError("the feed ended")
        except EncoreTokenRefused:
            raise
        except EncoreError as error:
            why = error
        except Exception as error:  # noqa: BLE001
            # A message nobody expected may not end the line for ever.
            _LOGGER.exception("The feed said something unexpected")
            why = EncoreError(repr(error))
        lost(why)
        await asyncio.sleep(wait_s)
        wait_s = min(wait_s * 2, last_retry_s)
