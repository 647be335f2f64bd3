import arrowUpRight from 'lucide-static/icons/arrow-up-right.svg?raw';
import bookmark from 'lucide-static/icons/bookmark.svg?raw';
import cookie from 'lucide-static/icons/cookie.svg?raw';
import link from 'lucide-static/icons/link.svg?raw';
import restore from 'lucide-static/icons/undo-2.svg?raw';
import retry from 'lucide-static/icons/rotate-cw.svg?raw';
import update from 'lucide-static/icons/refresh-cw.svg?raw';
import { icon } from '../design/icon.ts';

export const extractionIcons = {
  bookmark: icon(bookmark, 15),
  cookie: icon(cookie, 18),
  link: icon(link, 20),
  open: icon(arrowUpRight, 14),
  restore: icon(restore, 16),
  retry: icon(retry, 15, 2),
  update: icon(update, 15, 2),
};
