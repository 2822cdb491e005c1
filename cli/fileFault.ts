/** What a failed call of the file system means, in words. */

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'it is there already',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: "this account's share of the disk is full",
  EFBIG: 'the file would be larger than the system allows',
  EMFILE: 'too many files are open',
  EIO: 'the device failed',
  EPIPE: 'nobody reads it any more',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead round in a circle',
};

/** "the disk is full (ENOSPC)". */
export function fileFault(error: unknown): string {
  const code = codeOf(error);
  const words = code === undefined ? undefined : WORDS[code];
  if (code !== undefined && words !== undefined) return `${words} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system error: "ENOENT". */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}
