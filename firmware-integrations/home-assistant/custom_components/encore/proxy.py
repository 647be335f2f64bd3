"""Bytes of a sound, fetched with our token for whoever holds a signed URL."""

from __future__ import annotations

from aiohttp import ClientError, ClientTimeout, web
from homeassistant.components.http import KEY_HASS, HomeAssistantView
from homeassistant.const import CONF_TOKEN, CONF_URL
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .const import DOMAIN

BASE = "/api/encore"
PASSED_ON = ("Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "ETag")
# A long sound is sent as slowly as its player takes it.
SENDING = ClientTimeout(total=None, sock_connect=10, sock_read=60)


def sound_path(entry_id: str, sound_id: str) -> str:
    """Where the view below answers."""
    return f"{BASE}/{entry_id}/{sound_id}"


class EncoreSoundView(HomeAssistantView):
    """Asks for a login or a signature, as every view does."""

    url = f"{BASE}/{{entry_id}}/{{sound_id}}"
    name = "api:encore:sound"

    async def get(self, request: web.Request, entry_id: str, sound_id: str) -> web.StreamResponse:
        """The sound, or the part of it that was asked for."""
        hass = request.app[KEY_HASS]
        entry = hass.config_entries.async_get_entry(entry_id)
        if entry is None or entry.domain != DOMAIN:
            raise web.HTTPNotFound
        headers = {"Authorization": f"Bearer {entry.data[CONF_TOKEN]}"}
        if "Range" in request.headers:
            headers["Range"] = request.headers["Range"]
        address = f"{entry.data[CONF_URL]}/api/v1/sounds/{sound_id}/audio"
        session = async_get_clientsession(hass)
        try:
            async with session.get(address, headers=headers, timeout=SENDING) as answer:
                kept = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
                response = web.StreamResponse(status=answer.status, headers=kept)
                await response.prepare(request)
                async for part in answer.content.iter_chunked(64 * 1024):
                    await response.write(part)
                await response.write_eof()
                return response
        except ClientError as error:
            raise web.HTTPBadGateway(text="Encore does not answer") from error
