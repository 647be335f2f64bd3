"""URL and token, typed in or found by zeroconf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult
from homeassistant.const import CONF_TOKEN, CONF_URL
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig, TextSelectorType
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
import voluptuous as vol
from yarl import URL

from .api import EncoreClient, EncoreError, EncoreTokenRefused, EncoreUnreachable
from .const import DOMAIN

TOKEN = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))


class EncoreConfigFlow(ConfigFlow, domain=DOMAIN):
    """One entry a box."""

    VERSION = 1

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._url = "http://encore.local:8000"
        self._box: str | None = None

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Both typed in."""
        errors: dict[str, str] = {}
        if user_input is not None:
            url = _origin(user_input[CONF_URL])
            if url is None:
                errors[CONF_URL] = "invalid_url"
            else:
                self._url = url
                self._async_abort_entries_match({CONF_URL: url})
                errors = await self._faults(user_input[CONF_TOKEN])
                if not errors:
                    await self.async_set_unique_id(self._box, raise_on_progress=False)
                    self._abort_if_unique_id_configured(updates={CONF_URL: url})
                    return self._create(user_input[CONF_TOKEN])
        schema = vol.Schema(
            {vol.Required(CONF_URL, default=self._url): str, vol.Required(CONF_TOKEN): TOKEN}
        )
        return self.async_show_form(step_id="user", data_schema=schema, errors=errors)

    async def async_step_zeroconf(
        self, discovery_info: ZeroconfServiceInfo
    ) -> ConfigFlowResult:
        """A box says that it is there; the token is still to be given."""
        properties = discovery_info.properties
        box = properties.get("id") or discovery_info.hostname
        self._url = _origin(properties.get("url", "")) or str(
            URL.build(scheme="http", host=discovery_info.host, port=discovery_info.port)
        )
        await self.async_set_unique_id(box)
        self._abort_if_unique_id_configured(updates={CONF_URL: self._url})
        self._async_abort_entries_match({CONF_URL: self._url})
        self.context["title_placeholders"] = {"name": discovery_info.name.split(".")[0]}
        return await self.async_step_token()

    async def async_step_token(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """The token of a box that was found."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await self._faults(user_input[CONF_TOKEN])
            if not errors:
                return self._create(user_input[CONF_TOKEN])
        return self._ask_token("token", errors)

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """The token is no longer taken."""
        self._url = entry_data[CONF_URL]
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """A new one."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await self._faults(user_input[CONF_TOKEN])
            if not errors:
                return self.async_update_reload_and_abort(
                    self._get_reauth_entry(), data_updates={CONF_TOKEN: user_input[CONF_TOKEN]}
                )
        return self._ask_token("reauth_confirm", errors)

    def _ask_token(self, step: str, errors: dict[str, str]) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step,
            data_schema=vol.Schema({vol.Required(CONF_TOKEN): TOKEN}),
            description_placeholders={"url": self._url},
            errors=errors,
        )

    async def _faults(self, token: str) -> dict[str, str]:
        client = EncoreClient(async_get_clientsession(self.hass), self._url, token)
        try:
            await client.me()
            self._box = (await client.hello())["id"]
        except EncoreTokenRefused:
            return {CONF_TOKEN: "invalid_auth"}
        except EncoreUnreachable:
            return {"base": "cannot_connect"}
        except EncoreError:
            return {"base": "not_encore"}
        return {}

    def _create(self, token: str) -> ConfigFlowResult:
        title = URL(self._url).host or "Encore"
        return self.async_create_entry(
            title=f"Encore ({title})", data={CONF_URL: self._url, CONF_TOKEN: token}
        )


def _origin(text: str) -> str | None:
    """Scheme, host and port of what was typed; None when it is no address."""
    try:
        url = URL(text.strip() if "://" in text else f"http://{text.strip()}")
        return str(url.origin()) if url.scheme in ("http", "https") and url.host else None
    except ValueError:
        return None
