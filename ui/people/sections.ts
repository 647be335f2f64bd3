/** What of the page an address shows. */
export type Section =
  | { name: 'people' }
  | { name: 'invites' }
  | { name: 'plans' }
  | { name: 'person'; id: string };

const pattern = new URLPattern({ pathname: '/people{/:part}?{/}?' });

/** Accounts have long ids: none is called invites or plans. */
export const sectionOf = (pathname: string): Section => {
  const part = pattern.exec({ pathname })?.pathname.groups['part'];
  if (part === undefined) return { name: 'people' };
  if (part === 'invites' || part === 'plans') return { name: part };
  return { name: 'person', id: part };
};

export const personHref = (id: string): string => `/people/${encodeURIComponent(id)}`;
