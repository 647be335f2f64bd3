import type { Problem } from '../kernel/problem.ts';
import { ProblemError } from '../kernel/problem.ts';
import { soundExtensions } from './library-walk.ts';

const refusal = (code: string, title: string, detail: string): Problem => ({
  status: 422,
  code,
  title,
  detail,
});

const some = [...soundExtensions].slice(0, 8).join(' ');

export const unusableName = (): Problem =>
  refusal(
    'unusable_name',
    'Unusable name',
    `The file needs a name with an extension such as Gong.mp3 (${some} …).`,
  );

export const notASound = (filename: string, reason: string): Problem =>
  refusal('not_a_sound', 'Not a sound', `${filename}: ${reason}.`);

export const wrongExtension = (sentence: string): Problem =>
  refusal('wrong_extension', 'Name and content differ', `${sentence}.`);

export const noFile = () =>
  new ProblemError({
    ...refusal('invalid_fields', 'Invalid fields', 'The form holds no file.'),
    errors: [{ path: 'files', message: 'at least one file is needed' }],
  });

export const oneNameForMany = () =>
  new ProblemError({
    ...refusal(
      'invalid_fields',
      'Invalid fields',
      'A name is for one file, and the form has more.',
    ),
    errors: [{ path: 'name', message: 'only together with one file' }],
  });

export const diskFull = (): Problem => ({
  status: 503,
  code: 'disk_full',
  title: 'Disk full',
  detail:
    'There is too little room on the disk of the sounds. Nothing was kept; make room and send it again.',
});

const notWritable = (code: string): Problem => ({
  status: 503,
  code: 'sounds_not_writable',
  title: 'Sounds folder not writable',
  detail: `The folder of the sounds cannot be written (${code}). Nothing was kept; make it writable and send it again.`,
});

/** What a fault of the disk means to whoever uploads; any other error is a bug and is thrown on. */
export const diskProblem = (error: unknown): Problem => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull();
  if (/^(EACCES|EPERM|EROFS|EXDEV|EIO|ENOTDIR|ENOENT)$/.test(code)) return notWritable(code);
  throw error;
};

/** Whoever brought it has thought better of it meanwhile. */
export const withdrawn = (): Problem => ({
  status: 409,
  code: 'withdrawn',
  title: 'Withdrawn',
  detail: 'It was taken back before it was in the library. Nothing was kept.',
});

export const stopping = (): Problem => ({
  status: 503,
  code: 'stopping',
  title: 'Encore is stopping',
  detail: 'Nothing was kept. Send it again in a moment.',
});
