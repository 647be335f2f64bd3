import back from 'lucide-static/icons/chevron-left.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import freeze from 'lucide-static/icons/list-checks.svg?raw';
import house from 'lucide-static/icons/house.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import queue from 'lucide-static/icons/list-start.svg?raw';
import rules from 'lucide-static/icons/sparkles.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import upload from 'lucide-static/icons/upload.svg?raw';
import { icon } from '../design/icon.ts';

export const playlistIcons = {
  back: icon(back, 18),
  download: icon(download, 16),
  freeze: icon(freeze, 16),
  house: icon(house, 13),
  share: icon(house, 16),
  lock: icon(lock, 13),
  unshare: icon(lock, 16),
  pencil: icon(pencil, 16),
  plus: icon(plus, 16),
  queue: icon(queue, 16),
  rules: icon(rules, 13),
  trash: icon(trash, 16),
  upload: icon(upload, 16),
};
