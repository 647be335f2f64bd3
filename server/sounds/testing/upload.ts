/** Forms as browsers send them, and as nobody should. */
import type { TestApp } from '../../testing/test-app.ts';

export type Part =
  | { readonly filename: string; readonly content: Buffer | string }
  | { readonly field: string; readonly value: string };

const boundary = '----a-boundary-of-tests';

export const formType = `multipart/form-data; boundary=${boundary}`;

/** The name goes into the head as it is. */
export const formOf = (...parts: readonly Part[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap((part) => {
      const head =
        'field' in part
          ? `name="${part.field}"`
          : `name="files"; filename="${part.filename}"\r\nContent-Type: application/octet-stream`;
      const body = 'field' in part ? part.value : part.content;
      return [
        Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
        Buffer.from(body),
        Buffer.from('\r\n'),
      ];
    }),
    Buffer.from(`--${boundary}--\r\n`),
  ]);

export type UploadAnswer = { status: number; body: Record<string, unknown>; headers: Headers };

export const upload = async (
  app: Pick<TestApp, 'url'>,
  token: string,
  parts: readonly Part[],
  headers: Record<string, string> = {},
): Promise<UploadAnswer> => {
  const response = await fetch(`${app.url}/api/v1/sounds/`, {
    method: 'POST',
    headers: { 'Content-Type': formType, Authorization: `Bearer ${token}`, ...headers },
    body: new Uint8Array(formOf(...parts)),
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, body, headers: response.headers };
};
