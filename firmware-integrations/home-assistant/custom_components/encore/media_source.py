"""Encore's sounds for other players: media-source://encore/sound/<id>."""

from __future__ import annotations

from homeassistant.components.media_player import BrowseError, BrowseMedia, MediaClass
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.core import HomeAssistant

from .api import EncoreError
from .browse import browse
from .const import DOMAIN, SOUND
from .coordinator import EncoreCoordinator
from .proxy import EncoreSoundView, sound_path

MIME_TYPES = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "webm": "audio/webm",
}


async def async_get_media_source(hass: HomeAssistant) -> EncoreMediaSource:
    """Called once by Home Assistant."""
    hass.http.register_view(EncoreSoundView())
    return EncoreMediaSource(hass)


class EncoreMediaSource(MediaSource):
    """The sounds of the first box that is there."""

    name = "Encore"

    def __init__(self, hass: HomeAssistant) -> None:
        """Boxes come and go: they are looked up each time."""
        super().__init__(DOMAIN)
        self.hass = hass

    def _box(self) -> EncoreCoordinator:
        entries = self.hass.config_entries.async_loaded_entries(DOMAIN)
        if not entries:
            raise BrowseError("No Encore is set up")
        return entries[0].runtime_data

    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """A path of Home Assistant's own, which it signs: players never see the token."""
        kind, _, sound_id = item.identifier.partition("/")
        if kind != SOUND or not sound_id:
            raise Unresolvable(f"{item.identifier} is no sound")
        try:
            box = self._box()
            sound = await box.client.sound(sound_id)
        except (BrowseError, EncoreError) as error:
            raise Unresolvable(str(error)) from error
        path = sound_path(box.config_entry.entry_id, sound_id)
        ending = sound["filename"].rpartition(".")[2].lower()
        return PlayMedia(path, MIME_TYPES.get(ending, "audio/mpeg"))

    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """The same tree as the player's."""
        try:
            found = await browse(self._box().client, item.identifier or "")
        except EncoreError as error:
            raise BrowseError(str(error)) from error
        return _as_source(found)


def _as_source(found: BrowseMedia) -> BrowseMediaSource:
    children = found.children
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=found.media_content_id or None,
        media_class=found.media_class,
        media_content_type=found.media_content_type,
        title=found.title,
        # Other players take single sounds only.
        can_play=found.can_play and found.media_class is MediaClass.MUSIC,
        can_expand=found.can_expand,
        children=None if children is None else [_as_source(child) for child in children],
        children_media_class=found.children_media_class,
    )
