import { sha256 as sha256InScript } from '@noble/hashes/sha2.js';

/**
 * SHA-256 as 64 hexadecimal digits: by the browser where it lets the page, and by a script where it does not, since a page that came
 * over plain http from another machine has no `crypto.subtle`. A shard of 2 MB takes the script some 30 ms.
 */
export async function sha256(
  bytes: Uint8Array<ArrayBuffer>,
  subtle: Pick<SubtleCrypto, 'digest'> | null = subtleHere(),
): Promise<string> {
  const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256InScript(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const subtleHere = () => (globalThis as { crypto?: { subtle?: SubtleCrypto } }).crypto?.subtle ?? null;
