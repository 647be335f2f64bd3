"""The library as a tree: playlists, tags, types, sounds. Shared by player and media source."""

from __future__ import annotations

from collections import Counter
from typing import Any

from homeassistant.components.media_player import BrowseError, BrowseMedia, MediaClass, MediaType

from .api import EncoreClient
from .const import PLAYLIST, SOUND, SOUND_TYPES, TAG, TYPE


def sound_item(sound: dict[str, Any]) -> BrowseMedia:
    """A sound as a leaf."""
    return BrowseMedia(
        title=sound["name"],
        media_class=MediaClass.MUSIC,
        media_content_type=MediaType.MUSIC,
        media_content_id=f"{SOUND}/{sound['id']}",
        can_play=True,
        can_expand=False,
    )


def _folder(
    title: str, content_id: str, children: list[BrowseMedia] | None = None, *, plays: bool = False
) -> BrowseMedia:
    is_list = content_id.startswith(PLAYLIST)
    return BrowseMedia(
        title=title,
        media_class=MediaClass.PLAYLIST if is_list else MediaClass.DIRECTORY,
        media_content_type=MediaType.PLAYLIST if is_list else MediaType.MUSIC,
        media_content_id=content_id,
        can_play=plays,
        can_expand=True,
        children=children,
        children_media_class=MediaClass.MUSIC,
    )


async def browse(client: EncoreClient, content_id: str) -> BrowseMedia:
    """The folder `content_id` with its children; an empty one is the root."""
    kind, _, key = content_id.partition("/")
    if kind == "":
        return _folder(
            "Encore",
            "",
            [
                _folder("Playlists", PLAYLIST),
                _folder("Tags", TAG),
                *(_folder(title, f"{TYPE}/{code}") for code, title in SOUND_TYPES.items()),
            ],
        )
    if kind == TYPE and key in SOUND_TYPES:
        sounds = await client.sounds(types=key, sort="name")
        return _folder(SOUND_TYPES[key], content_id, [sound_item(sound) for sound in sounds])
    if kind == TAG and key:
        sounds = await client.sounds(tags=key, sort="name")
        return _folder(key, content_id, [sound_item(sound) for sound in sounds])
    if kind == TAG:
        used = Counter(tag for sound in await client.sounds() for tag in sound["tags"])
        return _folder(
            "Tags", TAG, [_folder(tag, f"{TAG}/{tag}") for tag in sorted(used)]
        )
    if kind == PLAYLIST and key:
        playlist = await client.request("GET", f"/playlists/{key}")
        children = [sound_item(entry["sound"]) for entry in await client.entries(key)]
        return _folder(playlist["name"], content_id, children, plays=True)
    if kind == PLAYLIST:
        lists = await client.playlists()
        return _folder(
            "Playlists",
            PLAYLIST,
            [_folder(one["name"], f"{PLAYLIST}/{one['id']}", plays=True) for one in lists],
        )
    raise BrowseError(f"Encore has no {content_id}")
