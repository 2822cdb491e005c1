/** A command cannot do what it was asked for. The message is for people: what, where, what to do. Exit status 1. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** The command was called wrongly: exit status 2, one line a fault. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';
}
