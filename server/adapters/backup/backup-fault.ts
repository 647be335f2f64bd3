/** Why a backup or a restore did not come about: one sentence that says what to do. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
}

const sentences: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full: make room, or set BACKUP_DIR to a larger one',
  EDQUOT: 'its quota is used up: make room, or set BACKUP_DIR to another one',
  SQLITE_FULL: 'its disk is full: make room, or set BACKUP_DIR to a larger one',
  EACCES: 'this user may not write there: allow it, or set BACKUP_DIR to another folder',
  EPERM: 'this user may not write there: allow it, or set BACKUP_DIR to another folder',
  EROFS: 'it is read-only: mount it for writing, or set BACKUP_DIR to another folder',
  SQLITE_READONLY: 'it is read-only: mount it for writing, or set BACKUP_DIR to another folder',
  ENOENT: 'it is gone: see that the disk or share is mounted',
  ENOTDIR: 'it is no folder: set BACKUP_DIR to one',
  ENOTCONN: 'the share does not answer: see that it is mounted',
  ESTALE: 'the share does not answer: mount it again',
  EHOSTDOWN: 'the share does not answer: see that its machine is on',
  ETIMEDOUT: 'the share does not answer: see that its machine is on',
  EIO: 'the disk or share fails: see the log of the system',
};

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
};

/** Whatever the system says of the backup folder, in words; what is no fault of a disk stays as it is. */
export const inWords = (folder: string, error: unknown): unknown => {
  if (error instanceof BackupFault) return error;
  const code = codeOf(error);
  const sentence = sentences[code] ?? (/^SQLITE_(IOERR|CANTOPEN)/.test(code) && sentences['EIO']);
  if (!sentence) return error;
  return new BackupFault(`${folder} cannot be written: ${sentence} (${code})`, { cause: error });
};
