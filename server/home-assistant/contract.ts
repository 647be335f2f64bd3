/** Wire shapes of what somebody lets Home Assistant show of them. */
import { z } from 'zod';

export const homeAssistantConsent = z
  .object({
    /** A sensor with one's credits, seen by all who see the household's Home Assistant. */
    credits: z.boolean(),
  })
  .meta({ id: 'HomeAssistantConsent' });
