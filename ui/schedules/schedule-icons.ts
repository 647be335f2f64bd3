import clock from 'lucide-static/icons/clock.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import stop from 'lucide-static/icons/circle-stop.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import { icon } from '../design/icon.ts';

export const scheduleIcons = {
  clock: icon(clock, 15),
  edit: icon(pencil, 16),
  fire: icon(play, 16),
  stop: icon(stop, 15),
  remove: icon(trash, 16),
};
