import { afterAll } from 'vitest';
import '../design/tokens.css';

// The next file has the same page.
afterAll(() => {
  delete document.documentElement.dataset['theme'];
});
