import cable from 'lucide-static/icons/cable.svg?raw';
import nfc from 'lucide-static/icons/nfc.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import radio from 'lucide-static/icons/radio.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import { icon } from '../design/icon.ts';

export const buttonIcons = {
  card: icon(nfc, 20),
  device: icon(cable, 20),
  edit: icon(pencil, 16),
  listen: icon(radio, 16, 2),
  listening: icon(radio, 44, 1.5),
  remove: icon(trash, 16),
  test: icon(play, 15, 2),
};
