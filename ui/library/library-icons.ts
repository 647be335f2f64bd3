import bin from 'lucide-static/icons/trash-2.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import gauge from 'lucide-static/icons/gauge.svg?raw';
import restore from 'lucide-static/icons/undo-2.svg?raw';
import tag from 'lucide-static/icons/tag.svg?raw';
import { icon } from '../design/icon.ts';

export const libraryIcons = {
  bin: icon(bin, 16),
  copy: icon(copy, 16),
  down: icon(chevronDown, 14, 2),
  level: icon(gauge, 16),
  next: icon(chevronRight, 16, 2),
  previous: icon(chevronLeft, 16, 2),
  restore: icon(restore, 16),
  tag: icon(tag, 16),
};
