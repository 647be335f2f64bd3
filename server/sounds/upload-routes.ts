import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { ProblemError } from '../kernel/problem.ts';
import { sound, soundName, soundTags, type Sound } from './contract.ts';
import { tagsFrom } from './tags.ts';
import type { SoundQueries } from './queries.ts';
import type { createIntake } from './upload-intake.ts';
import { noFile, oneNameForMany } from './upload-problems.ts';
import type { Uploaded, Uploads } from './upload.ts';

export const uploadLimits = {
  uploadBytesMax: 200 * 1024 * 1024,
  uploadFilesMax: 50,
  uploadStallMsMax: 30_000,
} as const;

const fields = z.object({
  name: soundName.optional().meta({ description: 'Instead of the name of the file; for one file' }),
  tags: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => [given].flat().flatMap((text) => text.split(',')))
    .transform((given) => tagsFrom(given).filter((text) => text !== ''))
    .pipe(soundTags)
    .meta({ description: 'For all files: one field each, or with commas between' }),
});

const existing = z.object({ existing: z.literal(true), sound }).meta({ id: 'ExistingSound' });

const uploadReport = z
  .object({
    /** In the order of the form. */
    items: z.array(
      z.object({
        /** As the client named it. */
        filename: z.string(),
        status: z.enum(['added', 'existing', 'refused']),
        /** Unless refused. */
        sound: sound.optional(),
        /** Of a refusal: for programs, and for people. */
        code: z.string().optional(),
        reason: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'UploadReport' });

export const uploadRoutes = (ports: {
  queries: SoundQueries;
  intake: ReturnType<typeof createIntake>;
  uploads: Uploads;
}): Route[] => {
  const { queries, intake, uploads } = ports;

  /** Also of one that was removed since: a repeat is answered as the first time. */
  const soundOf = (id: string, userId: string): Sound => {
    const [found] = queries.all([id], userId);
    if (!found) throw new Error(`the uploaded sound ${id} is not there`);
    return found;
  };
  const itemOf = (filename: string, answer: Uploaded, userId: string) =>
    answer.status === 'refused'
      ? {
          filename,
          status: answer.status,
          code: answer.problem.code,
          reason: answer.problem.detail,
        }
      : { filename, status: answer.status, sound: soundOf(answer.sound_id, userId) };

  return [
    route({
      method: 'POST',
      path: '/sounds/',
      summary: 'Add sounds to the board',
      access: { role: 'user', scope: 'library' },
      form: {
        fileBytesMax: uploadLimits.uploadBytesMax,
        filesMax: uploadLimits.uploadFilesMax,
        stallMsMax: uploadLimits.uploadStallMsMax,
        fields,
      },
      answers: {
        200: {
          description: 'One file whose content is known, or what became of each of several files',
          schema: z.union([existing, uploadReport]),
        },
        201: { description: 'One file, now a sound', schema: sound },
      },
      problems: [
        { status: 422, code: 'not_a_sound' },
        { status: 422, code: 'wrong_extension' },
        { status: 422, code: 'unusable_name' },
        { status: 503, code: 'disk_full' },
        { status: 503, code: 'sounds_not_writable' },
        { status: 503, code: 'stopping' },
      ],
      async handle({ form, command, header }) {
        const announced = Number(header('Content-Length') ?? Number.NaN);
        const announcedBytes = Number.isSafeInteger(announced) ? announced : undefined;
        await using taken = await intake.take(form.files, announcedBytes);
        const wishes = form.fields();
        const { actor } = command;
        const { files } = taken;
        const [first] = files;
        if (!first) throw noFile();
        if (files.length > 1 && wishes.name !== undefined) throw oneNameForMany();

        const answers = await uploads.keep(command, files, wishes);
        const positions = answers.flatMap((answer) =>
          answer.status === 'refused' ? [] : [answer.position],
        );
        const position = positions.length > 0 ? { position: Math.max(...positions) } : {};
        const [only] = answers;
        if (files.length > 1 || !only) {
          const items = answers.map((answer, index) =>
            itemOf(files[index]?.said ?? '', answer, actor),
          );
          return { status: 200, body: { items }, ...position };
        }
        if (only.status === 'refused') throw new ProblemError(only.problem);
        const body = soundOf(only.sound_id, actor);
        return only.status === 'added'
          ? { status: 201, body, ...position }
          : { status: 200, body: { existing: true, sound: body }, ...position };
      },
    }),
  ];
};
