import { msg } from '@lit/localize';
import type { Role } from '../../server/users/contract.ts';

export type SectionName = 'links' | 'workers';

export const sections = [
  { name: 'links', href: '/extractions', label: msg('Extractions') },
  { name: 'workers', href: '/extractions/workers', label: msg('Workers and yt-dlp') },
] as const satisfies readonly { name: SectionName; href: string; label: string }[];

/** What an address shows to somebody of this role; the machinery is for admins. */
export const sectionOf = (pathname: string, role: Role): SectionName =>
  role === 'admin' && /^\/extractions\/workers\/?$/.test(pathname) ? 'workers' : 'links';
