"""The state of one box, pushed by its feed."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, TypeAlias

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from .api import EncoreClient, EncoreError, EncoreTokenRefused
from .const import DOMAIN

_LOGGER = logging.getLogger(__name__)

FIRST_RETRY_S = 1
LAST_RETRY_S = 60

EncoreConfigEntry: TypeAlias = "ConfigEntry[EncoreCoordinator]"


class EncoreCoordinator(DataUpdateCoordinator[dict[str, Any]]):
    """Data is the feed's `player_state`; without a line nothing is available."""

    config_entry: EncoreConfigEntry

    def __init__(self, hass: HomeAssistant, entry: EncoreConfigEntry, client: EncoreClient) -> None:
        """Polls never: the feed pushes."""
        super().__init__(
            hass, _LOGGER, config_entry=entry, name=DOMAIN, update_interval=None
        )
        self.client = client
        self.version: str | None = None
        self.sounding = 0
        self.playlists: list[dict[str, Any]] = []

    async def _async_update_data(self) -> dict[str, Any]:
        try:
            self.playlists = await self.client.playlists()
            return await self.client.player_state()
        except EncoreTokenRefused as error:
            raise ConfigEntryAuthFailed(str(error)) from error
        except EncoreError as error:
            raise UpdateFailed(str(error)) from error

    async def listen(self) -> None:
        """Follows the feed for ever; comes back with growing pauses."""
        wait_s = FIRST_RETRY_S
        while True:
            try:
                async for message in self.client.feed():
                    wait_s = FIRST_RETRY_S
                    await self._take(message)
                why = "the feed ended"
            except EncoreTokenRefused as error:
                self.async_set_update_error(error)
                self.config_entry.async_start_reauth(self.hass)
                return
            except EncoreError as error:
                why = str(error)
            except Exception as error:  # noqa: BLE001
                # A message nobody expected may not end the line for ever.
                _LOGGER.exception("The feed said something unexpected")
                why = repr(error)
            self.sounding = 0
            self.async_set_update_error(EncoreError(why))
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, LAST_RETRY_S)

    async def _take(self, message: dict[str, Any]) -> None:
        data = message.get("data", {})
        match message.get("type"):
            case "hello":
                self.version = data.get("version")
                # What happened while there was no line.
                await self.async_refresh()
            case "player_state":
                self.async_set_updated_data(data)
            case "voices":
                self.sounding = len(data.get("voices", []))
                self.async_update_listeners()
            case "playlist_changed" | "resync":
                await self.async_request_refresh()
