import { randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { extractionLimits, type ExtractionStatus } from '../../extractions/contract.ts';

const fieldsOfLine = 7;
const header = '# Netscape HTTP Cookie File';
/** Shorter values are words that stand in every log. */
const secretCharactersMin = 8;

type Cookie = { readonly domain: string; readonly value: string };
type Read =
  | { readonly ok: true; readonly lines: readonly string[]; readonly cookies: readonly Cookie[] }
  | { readonly ok: false; readonly fault: string };

const httpOnly = '#HttpOnly_';

const faultOf = (line: string, fields: readonly string[], number: number): string | undefined => {
  if (fields.length !== fieldsOfLine) {
    if (fields.length === 1 && line.trim().split(/\s+/).length >= fieldsOfLine - 1) {
      return `Line ${number} of the cookies has spaces where tabs belong. Hand in the file itself instead of a copied text.`;
    }
    return `Line ${number} of the cookies has ${fields.length} parts instead of ${fieldsOfLine}. Export them as cookies.txt (Netscape format).`;
  }
  const [domain = '', wide = '', , secure = '', expires = ''] = fields;
  if (!/^\.?[\w.-]+$|^\.?\[[\da-f:]+\]$/i.test(domain))
    return `Line ${number} of the cookies begins with no domain.`;
  if (!/^(?:TRUE|FALSE)$/i.test(wide) || !/^(?:TRUE|FALSE)$/i.test(secure)) {
    return `Line ${number} of the cookies has something else where TRUE or FALSE belongs. Export them as cookies.txt (Netscape format).`;
  }
  if (!/^-?\d*(?:\.\d+)?$/.test(expires))
    return `Line ${number} of the cookies has no number as its date of expiry.`;
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line))
    return `Line ${number} of the cookies has unprintable characters.`;
  return undefined;
};

/** Reads the format that browser add-ons export, or says what is wrong with it. */
export const readCookies = (text: string): Read => {
  if (Buffer.byteLength(text) > extractionLimits.cookiesBytesMax) {
    return { ok: false, fault: 'The cookies are too many: export those of one site only.' };
  }
  if (/^\s*[[{]/.test(text)) {
    return {
      ok: false,
      fault: 'These cookies are JSON. Export them as cookies.txt (Netscape format).',
    };
  }
  const lines: string[] = [];
  const cookies: Cookie[] = [];
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const bare = line.startsWith(httpOnly) ? line.slice(httpOnly.length) : line;
    if (bare.trim() === '' || bare.startsWith('#')) continue;
    const fields = bare.split('\t');
    const fault = faultOf(bare, fields, at + 1);
    if (fault !== undefined) return { ok: false, fault };
    lines.push(line);
    cookies.push({ domain: fields[0] ?? '', value: fields[6] ?? '' });
  }
  if (cookies.length === 0) {
    return {
      ok: false,
      fault: 'There is no cookie in this. Export them as cookies.txt (Netscape format).',
    };
  }
  return { ok: true, lines, cookies };
};

const missing = (error: unknown): null => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
};

/** The cookies file of this box. */
export const createCookies = (folder: string) => {
  const path = join(folder, 'cookies.txt');
  const read = async () => {
    const text = await readFile(path, 'utf8').catch(missing);
    const found = text === null ? null : readCookies(text);
    return found?.ok ? found : null;
  };
  return {
    set: async (text: string): Promise<string | null> => {
      const found = readCookies(text);
      if (!found.ok) return found.fault;
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `.${randomUUID()}.part`);
      try {
        {
          await using file = await open(temporary, 'wx', 0o600);
          await file.writeFile(`${header}\n\n${found.lines.join('\n')}\n`);
          await file.sync();
        }
        await rename(temporary, path);
      } finally {
        await rm(temporary, { force: true });
      }
      return null;
    },
    clear: () => rm(path, { force: true }),
    status: async (): Promise<ExtractionStatus['cookies']> => {
      const found = await read();
      if (!found) return { set: false, updated_at: null, domains: [] };
      const { mtime } = await stat(path);
      const domains = new Set(found.cookies.map(({ domain }) => domain.replace(/^\./, '')));
      return { set: true, updated_at: mtime.toISOString(), domains: [...domains].toSorted() };
    },
    /**
     * A copy for one job, since yt-dlp writes to the file that it reads. Null where there are none.
     * @returns what must not be repeated of it
     */
    lend: async (to: string): Promise<{ readonly secrets: readonly string[] } | null> => {
      const found = await read();
      if (!found) return null;
      await copyFile(path, to);
      await chmod(to, 0o600);
      const values = found.cookies.map(({ value }) => value);
      return { secrets: values.filter((value) => value.length >= secretCharactersMin) };
    },
  };
};
export type Cookies = ReturnType<typeof createCookies>;
