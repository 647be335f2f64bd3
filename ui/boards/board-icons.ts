import back from 'lucide-static/icons/arrow-left.svg?raw';
import first from 'lucide-static/icons/arrow-left-to-line.svg?raw';
import forth from 'lucide-static/icons/arrow-right.svg?raw';
import last from 'lucide-static/icons/arrow-right-to-line.svg?raw';
import board from 'lucide-static/icons/layout-dashboard.svg?raw';
import grip from 'lucide-static/icons/grip.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import move from 'lucide-static/icons/move.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import pin from 'lucide-static/icons/pin.svg?raw';
import takeOff from 'lucide-static/icons/circle-minus.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import wall from 'lucide-static/icons/tablet.svg?raw';
import users from 'lucide-static/icons/users.svg?raw';
import { icon } from '../design/icon.ts';

export const boardIcons = {
  arrange: icon(move, 16),
  back: icon(back, 16),
  board: icon(board, 16),
  delete: icon(trash, 16),
  edit: icon(pencil, 16),
  first: icon(first, 16),
  forth: icon(forth, 16),
  grip: icon(grip, 16),
  last: icon(last, 16),
  pin: icon(pin, 16),
  share: icon(users, 16),
  shared: icon(users, 13),
  takeOff: icon(takeOff, 16),
  unshare: icon(lock, 16),
  wall: icon(wall, 16),
};
