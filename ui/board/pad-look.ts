import type { SoundType } from '../../server/sounds/contract.ts';
import { icons } from '../design/icons.ts';

export const typeIcons = {
  SDB: { pad: icons.padEffects, chip: icons.effects, label: 'Effects' },
  TTS: { pad: icons.padSpeech, chip: icons.speech, label: 'Speech' },
  EXT: { pad: icons.padExtracted, chip: icons.extracted, label: 'Extracted' },
} satisfies Record<SoundType, object>;
