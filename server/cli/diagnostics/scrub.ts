/** Takes out of text what tells who lives in a house and how to get in. Better a word too many. */
import { isIPv6 } from 'node:net';

export type Known = {
  /** Names of people, addresses, secrets: gone wherever they stand as words, in any case. */
  readonly words: readonly string[];
  /** Folders with files that people named: whatever follows one on its line goes too. */
  readonly folders: readonly { readonly path: string; readonly word: string }[];
  /** The program's own folder, whose files everybody has. */
  readonly program: string;
};

export type Scrub = (text: string) => string;

const escaped = (text: string): string => RegExp.escape(text);

const anyOf = (words: readonly string[]): RegExp | null => {
  // The longest first: "Mira Lang" before "Mira".
  const wanted = [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))];
  if (wanted.length === 0) return null;
  const either = wanted.toSorted((a, b) => b.length - a.length).map(escaped);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${either.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
};

/** This machine and no other. */
const isOwnAddress = (address: string): boolean =>
  /^(?:127\.|0\.0\.0\.0$)/.test(address) || address === '::' || address === '::1';

const patterns: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  [/\/(?:home|media|mnt|Users)\/[^'"\n]*/g, '<path>'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, '<url>'],
  [/[^\s@<>"'(),;:=]+@[^\s@<>"'(),;:=]+/g, '<address>'],
  [/\benc_\w+/g, '<token>'],
  [/\beyJ[\w-]+(?:\.[\w-]*)*/g, '<token>'],
  [/\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi, '<mac>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (found) => (isOwnAddress(found) ? found : '<ip>')],
  [
    /(?<![\w:.])[0-9a-f:]*:[0-9a-f:]+(?![\w:])/gi,
    (found) => (isIPv6(found) && !isOwnAddress(found) ? '<ip>' : found),
  ],
  [/\b[\w-]+(?:\.[\w-]+)*\.(?:local|lan|home|internal|box|arpa)\b/gi, '<host>'],
  // Ids have 36 characters, with dashes; hashes, keys and seals more.
  [/(?<![\w-])[\w+-]{40,}={0,2}/g, '<long>'],
];

export const createScrub = ({ words, folders, program }: Known): Scrub => {
  const known = anyOf(words);
  const places = folders
    .toSorted((a, b) => b.path.length - a.path.length)
    .map(({ path, word }) => [new RegExp(`${escaped(path)}(?:/[^'"\\n]*)?`, 'g'), word] as const);
  const own = new RegExp(`(?:file://)?${escaped(program)}(?=/|\\b)`, 'g');
  return (text) => {
    let said = text;
    for (const [place, word] of places) said = said.replace(place, word);
    said = said.replace(own, '<encore>');
    for (const [pattern, word] of patterns) {
      // One signature of two: by a text, or by what is found.
      said = typeof word === 'string' ? said.replace(pattern, word) : said.replace(pattern, word);
    }
    return known ? said.replace(known, '<name>') : said;
  };
};

/** Fields of the log's lines whose text is Encore's own or the system's; others are left out. */
const toldFields = new Set(
  'level time msg type code state method path status message stack version encore_version origin stage event reactor plan signal detail reason why'.split(
    ' ',
  ),
);
/** Who is nobody: the programs, and the house itself. */
const nobodys: Readonly<Record<string, readonly string[]>> = {
  name: ['app', 'player'],
  actor: ['system', 'binding', 'schedule'],
};
const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const depthMax = 8;

const tell = (scrub: Scrub, key: string, value: unknown, depth: number): unknown => {
  if (typeof value === 'string') {
    if (id.test(value) || nobodys[key]?.includes(value) === true) return value;
    return toldFields.has(key) ? scrub(value) : `<${value.length} letters>`;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === depthMax) return '<more>';
  if (Array.isArray(value)) return value.map((one: unknown) => tell(scrub, key, one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [scrub(name), tell(scrub, name, one, depth + 1)]),
  );
};

/** A line of a log of Encore's or of the journal's. */
export const scrubLine = (scrub: Scrub, line: string): string => {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null) {
      return JSON.stringify(tell(scrub, '', parsed, 0));
    }
  } catch {
    // What systemd says of a unit, or what a crash has left.
  }
  return scrub(line);
};
