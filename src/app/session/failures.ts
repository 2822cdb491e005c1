/** What went wrong while training, and for whom. */
import type { Failure } from '../../protocol/protocol.ts';
import type { Training } from '../state/training.ts';

export interface Failed {
  readonly failure: Failure;
  /** Names of the lanes that it ended. */
  readonly lanes: readonly string[];
}

/** Each failure once, that of the experiment as a whole first, with the lanes that it ended. */
export function failuresOf({ failure, runs }: Pick<Training, 'failure' | 'runs'>): readonly Failed[] {
  const failed = new Map<string, Failed>();
  const note = (one: Failure, lane?: string) => {
    const key = `${one.name}: ${one.message}`;
    const { lanes = [] } = failed.get(key) ?? {};
    failed.set(key, {
      failure: failed.get(key)?.failure ?? one,
      lanes: lane === undefined ? lanes : [...lanes, lane],
    });
  };
  if (failure) note(failure);
  for (const { name, end } of runs) if (end?.failure) note(end.failure, name);
  return [...failed.values()];
}
