export const nobody = { role: 'nobody', scope: 'read' } as const;
/** Reading and changing what is one's own: a token needs `admin` for the latter. */
export const selfRead = { role: 'guest', scope: 'read' } as const;
export const selfAdmin = { role: 'guest', scope: 'admin' } as const;
export const adminRead = { role: 'admin', scope: 'read' } as const;
export const adminOnly = { role: 'admin', scope: 'admin' } as const;
