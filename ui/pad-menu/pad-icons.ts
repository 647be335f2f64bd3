import type { TemplateResult } from 'lit';
import download from 'lucide-static/icons/download.svg?raw';
import headphones from 'lucide-static/icons/headphones.svg?raw';
import listEnd from 'lucide-static/icons/list-end.svg?raw';
import listPlus from 'lucide-static/icons/list-plus.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import scissors from 'lucide-static/icons/scissors.svg?raw';
import sliders from 'lucide-static/icons/sliders-horizontal.svg?raw';
import squareCheck from 'lucide-static/icons/square-check.svg?raw';
import square from 'lucide-static/icons/square.svg?raw';
import tag from 'lucide-static/icons/tag.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';
import { icon } from '../design/icon.ts';

export const padIcons = {
  play: icon(play, 16),
  preview: icon(headphones, 16),
  next: icon(listEnd, 16),
  list: icon(listPlus, 16),
  download: icon(download, 16),
  plays: icon(history, 16),
  select: icon(squareCheck, 16),
  rename: icon(pencil, 16),
  tags: icon(tag, 16),
  gain: icon(sliders, 16),
  trim: icon(scissors, 16),
  delete: icon(trash, 16),
  stop: icon(square.replace('fill="none"', 'fill="currentColor"'), 14),
  removeTag: icon(x, 13, 2),
} satisfies Record<string, TemplateResult>;
