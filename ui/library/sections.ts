import { msg } from '@lit/localize';
import type { Role } from '../../server/users/contract.ts';

export const sectionNames = ['sounds', 'scan', 'loudness', 'trash'] as const;
export type SectionName = (typeof sectionNames)[number];

export type Section = { name: SectionName; href: string; label: string };

const pattern = new URLPattern({ pathname: '/library{/:part}?{/}?' });

/** What of the page this person gets to see: others than admins have their own uploads alone. */
export const sectionsOf = (role: Role): readonly Section[] =>
  role === 'admin'
    ? [
        { name: 'sounds', href: '/library', label: msg('All sounds') },
        { name: 'scan', href: '/library/scan', label: msg('Scan') },
        { name: 'loudness', href: '/library/loudness', label: msg('Loudness') },
        { name: 'trash', href: '/library/trash', label: msg('Trash') },
      ]
    : [
        { name: 'sounds', href: '/library', label: msg('Your sounds') },
        { name: 'trash', href: '/library/trash', label: msg('Trash') },
      ];

/** What an address shows to somebody of this role; what they may not see is the first section. */
export const sectionOf = (pathname: string, role: Role): SectionName => {
  const part = pattern.exec({ pathname })?.pathname.groups['part'];
  return sectionsOf(role).find(({ name }) => name === part)?.name ?? 'sounds';
};
