"""Encore, the home sound box."""

from __future__ import annotations

from homeassistant.const import CONF_TOKEN, CONF_URL, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .api import EncoreClient
from .coordinator import EncoreConfigEntry, EncoreCoordinator

PLATFORMS = [Platform.MEDIA_PLAYER]


async def async_setup_entry(hass: HomeAssistant, entry: EncoreConfigEntry) -> bool:
    """One box."""
    client = EncoreClient(
        async_get_clientsession(hass), entry.data[CONF_URL], entry.data[CONF_TOKEN]
    )
    coordinator = EncoreCoordinator(hass, entry, client)
    await coordinator.async_config_entry_first_refresh()
    entry.runtime_data = coordinator
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    entry.async_create_background_task(hass, coordinator.listen(), "encore feed")
    return True


async def async_unload_entry(hass: HomeAssistant, entry: EncoreConfigEntry) -> bool:
    """The feed's task ends with the entry."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
