import type { BackupFailureCode } from '../../backups/contract.ts';

/** Why a backup or a restore did not come about: one sentence that says what to do. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
  /** Of a backup that was to be taken, for pages in other languages. */
  readonly code: BackupFailureCode;

  constructor(
    message: string,
    { code = 'other', cause }: { code?: BackupFailureCode; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
  }
}

const sentences = {
  disk_full: 'its disk is full: make room, or set BACKUP_DIR to a larger one',
  quota_used_up: 'its quota is used up: make room, or set BACKUP_DIR to another one',
  not_allowed: 'this user may not write there: allow it, or set BACKUP_DIR to another folder',
  read_only: 'it is read-only: mount it for writing, or set BACKUP_DIR to another folder',
  folder_gone: 'it is gone: see that the disk or share is mounted',
  no_folder: 'it is no folder: set BACKUP_DIR to one',
  share_silent: 'the share does not answer: see that its machine is on and the share is mounted',
  disk_fails: 'the disk or share fails: see the log of the system',
} as const satisfies Partial<Record<BackupFailureCode, string>>;

const meanings: Readonly<Record<string, keyof typeof sentences>> = {
  ENOSPC: 'disk_full',
  SQLITE_FULL: 'disk_full',
  EDQUOT: 'quota_used_up',
  EACCES: 'not_allowed',
  EPERM: 'not_allowed',
  EROFS: 'read_only',
  SQLITE_READONLY: 'read_only',
  ENOENT: 'folder_gone',
  ENOTDIR: 'no_folder',
  ENOTCONN: 'share_silent',
  ESTALE: 'share_silent',
  EHOSTDOWN: 'share_silent',
  ETIMEDOUT: 'share_silent',
  EIO: 'disk_fails',
};

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
};

/** Whatever the system says of the backup folder, in words; what is no fault of a disk stays as it is. */
export const inWords = (folder: string, error: unknown): unknown => {
  if (error instanceof BackupFault) return error;
  const said = codeOf(error);
  const code = meanings[said] ?? (/^SQLITE_(IOERR|CANTOPEN)/.test(said) ? 'disk_fails' : undefined);
  if (!code) return error;
  return new BackupFault(`${folder} cannot be written: ${sentences[code]} (${said})`, {
    code,
    cause: error,
  });
};
