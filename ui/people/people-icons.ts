import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw';
import mail from 'lucide-static/icons/mail.svg?raw';
import { icon } from '../design/icon.ts';

export const peopleIcons = {
  back: icon(chevronLeft, 16, 2),
  down: icon(chevronDown, 14, 2),
  invite: icon(mail, 18),
};
