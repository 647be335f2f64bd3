/** Wire shapes of presence and messages. */
import { z } from 'zod';

export const presentPerson = z
  .object({
    user_id: z.string(),
    name: z.string(),
    /** Open windows. */
    windows: z.number().int(),
    connected_at: z.string(),
  })
  .meta({ id: 'PresentPerson' });
export type PresentPersonWire = z.infer<typeof presentPerson>;

/** POST /socket/send-message */
export const messageBody = z
  .strictObject({
    user_id: z.string().max(64),
    message: z.string().trim().min(1, 'say something').max(500),
  })
  .meta({ id: 'MessageBody' });

/** Feed `user_message`, ephemeral, to every open window of one person. */
export type UserMessage = { from_user_id: string; from_name: string; message: string };
