import laptop from 'lucide-static/icons/laptop.svg?raw';
import phone from 'lucide-static/icons/smartphone.svg?raw';
import terminal from 'lucide-static/icons/terminal.svg?raw';
import house from 'lucide-static/icons/house.svg?raw';
import button from 'lucide-static/icons/radio-tower.svg?raw';
import { icon } from '../design/icon.ts';

export const accountIcons = {
  bridge: icon(house, 18),
  computer: icon(laptop, 18),
  device: icon(button, 18),
  phone: icon(phone, 18),
  user: icon(terminal, 18),
};
