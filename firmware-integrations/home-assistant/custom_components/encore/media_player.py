"""The jukebox and the board of one box as a media player."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from homeassistant.components.media_player import (
    BrowseMedia,
    MediaPlayerDeviceClass,
    MediaPlayerEnqueue,
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
    RepeatMode,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity
from homeassistant.util import dt as dt_util

from .api import EncoreError
from .browse import browse, sound_item
from .const import DOMAIN, PLAYLIST, SOUND
from .coordinator import EncoreConfigEntry, EncoreCoordinator

try:
    # Home Assistant 2025.6 and later.
    from homeassistant.components.media_player import SearchMedia, SearchMediaQuery

    SEARCH = MediaPlayerEntityFeature.SEARCH_MEDIA
except (ImportError, AttributeError):
    SEARCH = MediaPlayerEntityFeature(0)

# The server takes commands as they come.
PARALLEL_UPDATES = 0

STATES = {
    "playing": MediaPlayerState.PLAYING,
    "paused": MediaPlayerState.PAUSED,
    "stopped": MediaPlayerState.IDLE,
}
REPEATS = {"loop": RepeatMode.ALL, "loop_one": RepeatMode.ONE}
MODES = {RepeatMode.ALL: "loop", RepeatMode.ONE: "loop_one", RepeatMode.OFF: "continuous"}

T = TypeVar("T")

OWN_SOURCE = f"media-source://{DOMAIN}/"
SPEECH_SOURCE = "media-source://tts/"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EncoreConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """One player a box."""
    async_add_entities([EncoreMediaPlayer(entry.runtime_data)])


class EncoreMediaPlayer(CoordinatorEntity[EncoreCoordinator], MediaPlayerEntity):
    """State and transport are the jukebox's; a single sound plays over it at once."""

    _attr_has_entity_name = True
    _attr_name = None
    _attr_device_class = MediaPlayerDeviceClass.SPEAKER
    _attr_media_content_type = MediaType.MUSIC
    _attr_supported_features = (
        MediaPlayerEntityFeature.PLAY
        | MediaPlayerEntityFeature.PAUSE
        | MediaPlayerEntityFeature.STOP
        | MediaPlayerEntityFeature.NEXT_TRACK
        | MediaPlayerEntityFeature.PREVIOUS_TRACK
        | MediaPlayerEntityFeature.SEEK
        | MediaPlayerEntityFeature.VOLUME_SET
        | MediaPlayerEntityFeature.VOLUME_STEP
        | MediaPlayerEntityFeature.SHUFFLE_SET
        | MediaPlayerEntityFeature.REPEAT_SET
        | MediaPlayerEntityFeature.SELECT_SOURCE
        | MediaPlayerEntityFeature.PLAY_MEDIA
        | MediaPlayerEntityFeature.MEDIA_ENQUEUE
        | MediaPlayerEntityFeature.MEDIA_ANNOUNCE
        | MediaPlayerEntityFeature.BROWSE_MEDIA
        | SEARCH
    )

    def __init__(self, coordinator: EncoreCoordinator) -> None:
        """Named like the device."""
        super().__init__(coordinator)
        entry = coordinator.config_entry
        self._attr_unique_id = f"{entry.entry_id}_player"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name="Encore",
            manufacturer="Encore",
            model="Sound box",
            sw_version=coordinator.version,
            configuration_url=coordinator.client.url,
        )

    @property
    def _now(self) -> dict[str, Any]:
        return self.coordinator.data or {}

    @property
    def _sound(self) -> dict[str, Any]:
        return self._now.get("sound") or {}

    @property
    def state(self) -> MediaPlayerState | None:
        """A sound of the board plays as well, where the jukebox is silent."""
        state = STATES.get(self._now.get("status", ""))
        if state is MediaPlayerState.IDLE and self.coordinator.sounding:
            return MediaPlayerState.PLAYING
        return state

    @property
    def volume_level(self) -> float | None:
        """Of the music, 0 to 1."""
        volume = self._now.get("volume")
        return None if volume is None else volume / 100

    @property
    def shuffle(self) -> bool:
        """Whether the mode is random."""
        return self._now.get("mode") == "random"

    @property
    def repeat(self) -> RepeatMode:
        """Off in the modes continuous, single and random."""
        return REPEATS.get(self._now.get("mode", ""), RepeatMode.OFF)

    @property
    def media_title(self) -> str | None:
        """Name of the track."""
        return self._sound.get("name")

    @property
    def media_content_id(self) -> str | None:
        """As play_media takes it."""
        return f"{SOUND}/{self._sound['id']}" if self._sound else None

    @property
    def media_playlist(self) -> str | None:
        """Name of the list."""
        return (self._now.get("playlist") or {}).get("name")

    @property
    def media_duration(self) -> int | None:
        """Seconds."""
        return self._now["duration"] // 1000 if self._sound else None

    @property
    def media_position(self) -> int | None:
        """Seconds, as of media_position_updated_at."""
        return self._now["position"] // 1000 if self._sound else None

    @property
    def media_position_updated_at(self) -> Any:
        """When the box measured it."""
        at = self._now.get("at")
        return dt_util.parse_datetime(at) if at else None

    @property
    def source(self) -> str | None:
        """The playlist that is loaded."""
        return self.media_playlist

    @property
    def source_list(self) -> list[str]:
        """Playlists by name."""
        return [one["name"] for one in self.coordinator.playlists]

    async def async_media_play(self) -> None:
        """Goes on, or begins."""
        paused = self._now.get("status") == "paused"
        await self._do(self.coordinator.client.player("resume" if paused else "play"))

    async def async_media_pause(self) -> None:
        """Holds the music at its place."""
        await self._do(self.coordinator.client.player("pause"))

    async def async_media_stop(self) -> None:
        """The music and every sound of the board."""
        await self._do(self.coordinator.client.stop_sounds())
        await self._do(self.coordinator.client.player("stop"))

    async def async_media_next_track(self) -> None:
        """By the mode."""
        await self._do(self.coordinator.client.player("next"))

    async def async_media_previous_track(self) -> None:
        """Past three seconds: to the beginning of this one."""
        await self._do(self.coordinator.client.player("previous"))

    async def async_media_seek(self, position: float) -> None:
        """`position` in seconds."""
        body = {"position_ms": round(position * 1000)}
        await self._do(self.coordinator.client.player("seek", body))

    async def async_set_volume_level(self, volume: float) -> None:
        """Of the music."""
        body = {"volume": round(volume * 100)}
        await self._do(self.coordinator.client.player("volume", body))

    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Random, or through once."""
        body = {"mode": "random" if shuffle else "continuous"}
        await self._do(self.coordinator.client.player("mode", body))

    async def async_set_repeat(self, repeat: RepeatMode) -> None:
        """All, one or off."""
        await self._do(self.coordinator.client.player("mode", {"mode": MODES[repeat]}))

    async def async_select_source(self, source: str) -> None:
        """Plays the list of that name."""
        await self._do(self.coordinator.client.play_playlist(self._playlist_named(source)))

    async def async_play_media(
        self,
        media_type: MediaType | str,
        media_id: str,
        enqueue: MediaPlayerEnqueue | None = None,
        announce: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """`sound/<id>`, `playlist/<id>`, a name, our media source, or speech of tts.speak."""
        client = self.coordinator.client
        if media_id.startswith(SPEECH_SOURCE):
            said = parse_qs(urlsplit(media_id).query)
            text = said.get("message", [""])[0]
            await self._do(client.say(text, said.get("language", [None])[0]))
            return
        wanted = media_id.removeprefix(OWN_SOURCE)
        if "://" in wanted:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="foreign_media"
            )
        kind, _, key = wanted.partition("/")
        if kind == PLAYLIST and key:
            await self._do(client.play_playlist(key))
            return
        if media_type == MediaType.PLAYLIST:
            await self._do(client.play_playlist(self._playlist_named(wanted)))
            return
        sound_id = key if kind == SOUND and key else await self._sound_named(wanted)
        if enqueue in (MediaPlayerEnqueue.ADD, MediaPlayerEnqueue.NEXT) and not announce:
            where = "next" if enqueue is MediaPlayerEnqueue.NEXT else "end"
            await self._do(client.queue(sound_id, where))
        else:
            await self._do(client.play_sound(sound_id))

    async def async_browse_media(
        self,
        media_content_type: MediaType | str | None = None,
        media_content_id: str | None = None,
    ) -> BrowseMedia:
        """Playlists, tags and types."""
        try:
            return await browse(self.coordinator.client, media_content_id or "")
        except EncoreError as error:
            raise HomeAssistantError(str(error)) from error

    if SEARCH:

        async def async_search_media(self, query: SearchMediaQuery) -> SearchMedia:
            """Typos are forgiven."""
            try:
                hits = await self.coordinator.client.search(query.search_query)
            except EncoreError as error:
                raise HomeAssistantError(str(error)) from error
            return SearchMedia(result=[sound_item(sound) for sound in hits])

    def _playlist_named(self, name: str) -> str:
        named = [one["id"] for one in self.coordinator.playlists if one["name"] == name]
        if len(named) != 1:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="unknown_playlist",
                translation_placeholders={"name": name},
            )
        return named[0]

    async def _sound_named(self, name: str) -> str:
        hits = await self._do(self.coordinator.client.search(name))
        named = [one["id"] for one in hits if one["name"].casefold() == name.casefold()]
        if len(named) != 1:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="unknown_sound",
                translation_placeholders={"name": name},
            )
        return named[0]

    async def _do(self, command: Awaitable[T]) -> T:
        """A refusal is told in Encore's own words."""
        try:
            return await command
        except EncoreError as error:
            raise HomeAssistantError(str(error)) from error
