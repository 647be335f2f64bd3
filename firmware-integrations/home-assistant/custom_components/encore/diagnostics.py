"""What helps with a fault report, without secrets and without names of people."""

from __future__ import annotations

from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.const import CONF_TOKEN
from homeassistant.core import HomeAssistant

from .coordinator import EncoreConfigEntry

REDACTED = {CONF_TOKEN, "owner_id", "owner_name"}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: EncoreConfigEntry
) -> dict[str, Any]:
    """The entry and the state as last heard."""
    box = entry.runtime_data
    return {
        "entry": async_redact_data(dict(entry.data), REDACTED),
        "version": box.version,
        "connected": box.last_update_success,
        "sounding": box.sounding,
        "player": async_redact_data(box.data or {}, REDACTED),
        "playlists": len(box.playlists),
    }
