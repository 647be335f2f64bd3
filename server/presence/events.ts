/** Stream `messages-<user id of the receiver>`. What was said is nobody's business later. */
export type MessageEvent = {
  type: 'MessageSent';
  data: { from_user_id: string; to_user_id: string; windows: number };
};

export const messagesStream = (userId: string): string => `messages-${userId}`;
