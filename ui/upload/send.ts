import type { Sound } from '../../server/sounds/contract.ts';
import { ApiProblem, Unreachable } from '../api/problem.ts';

export type Sent = { status: 'added' | 'existing'; sound: Sound };

export type SendFile = (
  file: File,
  options: {
    /** 0 … 1 of the bytes; 1 means that the server has them all and looks at them. */
    onProgress: (part: number) => void;
    signal: AbortSignal;
  },
) => Promise<Sent>;

const answerOf = (request: XMLHttpRequest): Sent => {
  const body = JSON.parse(request.responseText) as Sound | { existing: true; sound: Sound };
  return 'existing' in body
    ? { status: 'existing', sound: body.sound }
    : { status: 'added', sound: body };
};

const problemIn = (request: XMLHttpRequest): ApiProblem => {
  const retryAfter = Number(request.getResponseHeader('retry-after')) || undefined;
  try {
    return new ApiProblem(request.status, JSON.parse(request.responseText), retryAfter);
  } catch {
    return new ApiProblem(request.status, {}, retryAfter);
  }
};

/**
 * One file, one request. By XMLHttpRequest, because fetch does not tell how much of a body was sent.
 *
 * @throws {ApiProblem} the server refused it
 * @throws {Unreachable} nobody answered, or `signal` ended it
 */
export const sendFile: SendFile = (file, { onProgress, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('files', file, file.name);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total);
    });
    request.upload.addEventListener('load', () => onProgress(1));
    request.addEventListener('load', () => {
      if (request.status < 200 || request.status > 299) return reject(problemIn(request));
      try {
        resolve(answerOf(request));
      } catch (error) {
        reject(new Unreachable(error));
      }
    });
    for (const end of ['error', 'abort', 'timeout']) {
      request.addEventListener(end, () => reject(new Unreachable()));
    }
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', '/api/v1/sounds/');
    request.setRequestHeader('accept', 'application/json');
    request.send(form);
  });
