/** What the server says, in German: a chunk of its own beside that of the pages. */
export { named } from './german/named.ts';
export { said } from './german/said.ts';
