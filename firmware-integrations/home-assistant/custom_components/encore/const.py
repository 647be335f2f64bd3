"""Names that several files of the integration share."""

from typing import Final

DOMAIN: Final = "encore"

# Kinds of media_content_id, before the slash: "sound/<id>".
SOUND: Final = "sound"
PLAYLIST: Final = "playlist"
TAG: Final = "tag"
TYPE: Final = "type"

# What people see of the sound types.
SOUND_TYPES: Final = {"SDB": "Effects", "TTS": "Speech", "EXT": "Extracted"}
