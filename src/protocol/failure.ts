import type { Failure } from './events.ts';

/** An error as plain data, whole: class, message, stack and the chain of causes. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  return {
    name: error.name,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined ? {} : { cause: toFailure(error.cause) }),
  };
}

/** The inverse of {@link toFailure}, as far as classes go by their names. */
export function fromFailure(failure: Failure): Error {
  const error = new Error(failure.message, failure.cause && { cause: fromFailure(failure.cause) });
  error.name = failure.name;
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
