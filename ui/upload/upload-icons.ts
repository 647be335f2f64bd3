import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import retry from 'lucide-static/icons/rotate-cw.svg?raw';
import drop from 'lucide-static/icons/audio-lines.svg?raw';
import { icon } from '../design/icon.ts';

export const uploadIcons = {
  drop: icon(drop, 34),
  down: icon(chevronDown, 18),
  play: icon(play, 16),
  retry: icon(retry, 16),
};
