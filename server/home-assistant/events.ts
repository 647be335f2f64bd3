/** Stream `home-assistant-<user id>`: what somebody lets be shown of them. */
export type ConsentEvent =
  | { type: 'CreditsShown'; data: { user_id: string } }
  | { type: 'CreditsHidden'; data: { user_id: string } };

export const consentStream = (userId: string): string => `home-assistant-${userId}`;
