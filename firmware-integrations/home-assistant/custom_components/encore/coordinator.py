"""The state of one box, pushed by its feed."""

from __future__ import annotations

import logging
from typing import Any, TypeAlias

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from .api import EncoreClient, EncoreError, EncoreTokenRefused
from .const import DOMAIN
from .follow import follow

_LOGGER = logging.getLogger(__name__)

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

    async def _async_setup(self) -> None:
        """The device shows a version from its first moment on."""
        try:
            self._know(await self.client.hello())
        except EncoreTokenRefused as error:
            raise ConfigEntryAuthFailed(str(error)) from error
        except EncoreError as error:
            raise UpdateFailed(str(error)) from error

    async def _async_update_data(self) -> dict[str, Any]:
        try:
            self.playlists = await self.client.playlists()
            return await self.client.player_state()
        except EncoreTokenRefused as error:
            raise ConfigEntryAuthFailed(str(error)) from error
        except EncoreError as error:
            raise UpdateFailed(str(error)) from error

    async def listen(self) -> None:
        """Follows the feed until the token is refused."""
        try:
            await follow(self.client.feed, self._take, self._lost)
        except EncoreTokenRefused as error:
            self._lost(error)
            self.config_entry.async_start_reauth(self.hass)

    def _lost(self, why: EncoreError) -> None:
        self.sounding = 0
        self.async_set_update_error(why)

    def _know(self, hello: dict[str, Any]) -> None:
        version = hello.get("version")
        if version == self.version:
            return
        self.version = version
        devices = dr.async_get(self.hass)
        box = devices.async_get_device(identifiers={(DOMAIN, self.config_entry.entry_id)})
        if box:
            devices.async_update_device(box.id, sw_version=version)

    async def _take(self, message: dict[str, Any]) -> None:
        data = message.get("data", {})
        match message.get("type"):
            case "hello":
                self._know(data)
                # What happened while there was no line.
                await self.async_refresh()
            case "player_state":
                self.async_set_updated_data(data)
            case "voices":
                self.sounding = len(data.get("voices", []))
                self.async_update_listeners()
            case "playlist_changed" | "resync":
                await self.async_request_refresh()
