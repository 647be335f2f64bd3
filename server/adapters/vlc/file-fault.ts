import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';

export type FileFault = {
  code: 'file_missing' | 'file_unreadable' | 'file_corrupt';
  message: string;
};

const hasCode = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error;

/** Why libvlc found no sound in a file. Asked afterwards, so that good files are not looked at twice. */
export const faultOf = async (path: string): Promise<FileFault> => {
  try {
    const info = await stat(path);
    if (!info.isFile()) return { code: 'file_unreadable', message: 'It is not a regular file' };
    await access(path, constants.R_OK);
    if (info.size === 0) return { code: 'file_corrupt', message: 'The file is empty' };
    return { code: 'file_corrupt', message: 'No sound could be decoded from the file' };
  } catch (error) {
    const code = hasCode(error) ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return { code: 'file_missing', message: 'The file does not exist' };
    return {
      code: 'file_unreadable',
      message: `The file cannot be read (${code ?? String(error)})`,
    };
  }
};
