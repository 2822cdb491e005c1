import type { KeepFault, KeepFaultKind } from '../state/keeping.ts';

/** Nothing can be kept, or what was kept cannot be read. */
export class KeepError extends Error {
  override readonly name = 'KeepError';
  constructor(
    readonly kind: KeepFaultKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What a browser's storage threw, by its kind. */
export function keepErrorOf(error: unknown): KeepError {
  if (error instanceof KeepError) return error;
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  const kind: KeepFaultKind =
    name === 'QuotaExceededError'
      ? 'full'
      : name === 'VersionError'
        ? 'newer'
        : name === 'SecurityError' || name === 'InvalidStateError' || name === 'NotAllowedError'
          ? 'denied'
          : 'failed';
  return new KeepError(kind, message || name, { cause: error });
}

export const faultOf = ({ kind, message }: KeepError): KeepFault => ({ kind, detail: message.slice(0, 300) });
