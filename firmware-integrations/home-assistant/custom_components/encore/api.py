"""Encore's HTTP API and its WebSocket feed. Knows nothing of Home Assistant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
import json
from typing import Any

import aiohttp

# The API answers within milliseconds; a machine that takes this long is not there.
REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=10)
# Speech is made before the answer comes.
SPEECH_TIMEOUT = aiohttp.ClientTimeout(total=60)
# The feed says hello as soon as it opens.
HELLO_TIMEOUT_S = 10
# Encore pings every 20 s; without a sign for this long the line is dead.
HEARTBEAT_S = 30
# The most that Encore gives of a list at once.
PAGE_LIMIT = 500


class EncoreError(Exception):
    """Encore said no, or something that is not understood. The text is for people."""


class EncoreUnreachable(EncoreError):
    """Nobody answers at the address."""


class EncoreTokenRefused(EncoreError):
    """The token is wrong, revoked, expired, or may not do this."""


class EncoreClient:
    """One Encore box, spoken to with one API token."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        """`url` is scheme, host and port: http://encore.local:8000."""
        self.url = url.rstrip("/")
        self._session = session
        self._token = token

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
        timeout: aiohttp.ClientTimeout = REQUEST_TIMEOUT,
    ) -> dict[str, Any]:
        """Answer of `/api/v1<path>`; raises EncoreError with the server's own words."""
        try:
            async with self._session.request(
                method,
                f"{self.url}/api/v1{path}",
                json=body,
                params=params,
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=timeout,
            ) as response:
                text = await response.text()
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise EncoreUnreachable(f"{self.url} does not answer") from error
        try:
            answer = json.loads(text) if text else {}
        except ValueError as error:
            raise EncoreError(f"{self.url} is not Encore") from error
        if response.status in (401, 403):
            raise EncoreTokenRefused(_words(answer, "the token is not taken"))
        if response.status >= 400:
            raise EncoreError(_words(answer, f"Encore answered {response.status}"))
        if not isinstance(answer, dict):
            raise EncoreError(f"{self.url} is not Encore")
        return answer

    async def me(self) -> dict[str, Any]:
        """The account the token belongs to: id, name, role."""
        return await self.request("GET", "/auth/me")

    async def hello(self) -> dict[str, Any]:
        """What the box says of itself: its own id, version, room."""
        try:
            async with asyncio.timeout(HELLO_TIMEOUT_S), aclosing(self.feed()) as messages:
                async for message in messages:
                    if message.get("type") == "hello" and "id" in message["data"]:
                        return message["data"]
        except TimeoutError as error:
            raise EncoreUnreachable(f"{self.url} does not say hello") from error
        raise EncoreError(f"{self.url} is not Encore")

    async def player_state(self) -> dict[str, Any]:
        """The jukebox as it is, its list included."""
        return await self.request("GET", "/player/state")

    async def player(self, action: str, body: dict[str, Any] | None = None) -> None:
        """play, pause, resume, stop, next, previous, seek, volume or mode."""
        await self.request("POST", f"/player/{action}", body=body)

    async def play_playlist(self, playlist_id: str) -> None:
        """Loads a playlist and plays it from its first entry."""
        await self.request("POST", f"/player/playlist/{playlist_id}")
        await self.request("POST", "/player/play")

    async def queue(self, sound_id: str, where: str) -> None:
        """`where`: "next" or "end"."""
        await self.request("POST", "/player/queue", body={"sound_id": sound_id, "where": where})

    async def play_sound(self, sound_id: str) -> None:
        """At once, over the music, which gives way."""
        await self.request("POST", f"/sounds/play/{sound_id}")

    async def stop_sounds(self) -> None:
        """Every sound of the board; the music goes on."""
        await self.request("POST", "/sounds/stop", params={"fade_ms": 150})

    async def say(self, text: str, language: str | None = None) -> None:
        """Speaks through the box's own voices."""
        body: dict[str, Any] = {"text": text, "play": True}
        if language:
            body["language"] = language
        await self.request("POST", "/sounds/tts", body=body, timeout=SPEECH_TIMEOUT)

    async def sound(self, sound_id: str) -> dict[str, Any]:
        """One sound with all that is known of it."""
        return await self.request("GET", f"/sounds/{sound_id}")

    async def sounds(self, **filters: str) -> list[dict[str, Any]]:
        """Every sound that the filters (types, tags, q …) let through."""
        return [item async for item in self._pages("/sounds/", filters)]

    async def search(self, text: str, limit: int = 50) -> list[dict[str, Any]]:
        """The best hits first; typos are forgiven."""
        answer = await self.request("GET", "/sounds/", params={"q": text, "limit": limit})
        return answer["items"]

    async def playlists(self) -> list[dict[str, Any]]:
        """Those of the account, the shared ones and the main one."""
        return [item async for item in self._pages("/playlists/", {})]

    async def entries(self, playlist_id: str) -> list[dict[str, Any]]:
        """What stands in a playlist, in its order."""
        return [item async for item in self._pages(f"/playlists/{playlist_id}/sounds", {})]

    async def _pages(self, path: str, filters: dict[str, str]) -> AsyncIterator[dict[str, Any]]:
        params: dict[str, Any] = {**filters, "limit": PAGE_LIMIT}
        while True:
            page = await self.request("GET", path, params=params)
            for item in page["items"]:
                yield item
            if page.get("next_cursor") is None:
                return
            params["cursor"] = page["next_cursor"]

    async def feed(self) -> AsyncIterator[dict[str, Any]]:
        """Messages as they come, `hello` first; ends when the line does."""
        try:
            async with self._session.ws_connect(
                f"{self.url.replace('http', 'ws', 1)}/api/v1/socket",
                protocols=("bearer", self._token),
                heartbeat=HEARTBEAT_S,
            ) as socket:
                async for message in socket:
                    if message.type is aiohttp.WSMsgType.TEXT:
                        yield json.loads(message.data)
        except aiohttp.WSServerHandshakeError as error:
            if error.status in (401, 403):
                raise EncoreTokenRefused("the token is not taken") from error
            raise EncoreUnreachable(f"{self.url} does not open its feed") from error
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise EncoreUnreachable(f"{self.url} does not answer") from error


def _words(answer: Any, otherwise: str) -> str:
    """What a problem document (RFC 9457) says."""
    if isinstance(answer, dict):
        return answer.get("detail") or answer.get("title") or otherwise
    return otherwise
