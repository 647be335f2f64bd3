import { sentenceOf } from '../api/problem.ts';
import { ToastEvent } from '../design/toast-event.ts';

/** Does it, and says to the person when that came to nothing. Answers whether it worked. */
export const attempt = async (host: EventTarget, work: Promise<unknown>): Promise<boolean> => {
  try {
    await work;
    return true;
  } catch (error) {
    host.dispatchEvent(new ToastEvent(sentenceOf(error)));
    return false;
  }
};
