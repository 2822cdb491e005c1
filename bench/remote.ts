/** Calling an object that lives in a worker or another process, by messages that are plain JSON. */

export interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

export type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });

type Methods = Record<string, (...args: never[]) => unknown>;

/** An object's methods, as they look from afar. */
export type Remote<T> = {
  readonly [Name in keyof T]: T[Name] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** Answers a call of `target`. Never rejects. */
export async function answerCall(target: object, { id, method, args }: Call): Promise<Answer> {
  try {
    return { id, value: await (target as Methods)[method]!(...(args as never[])) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

export interface RemoteEnd<T> {
  readonly remote: Remote<T>;
  readonly hear: (answer: Answer) => void;
  /** Rejects every call that is still waiting. */
  readonly fail: (why: string) => void;
}

/** Sends calls and takes in their answers. */
export function createRemote<T extends object>(send: (call: Call) => void): RemoteEnd<T> {
  const waiting = new Map<number, Waiting>();
  let next = 0;
  const remote = new Proxy({} as Remote<T>, {
    get: (_, method: string) => {
      // A remote is given to await too, which asks whether it is a promise.
      if (method === 'then') return undefined;
      return (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          const id = next++;
          waiting.set(id, { resolve, reject });
          send({ id, method, args });
        });
    },
  });
  return {
    remote,
    hear(answer: Answer) {
      const call = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('error' in answer) call?.reject(new Error(answer.error));
      else call?.resolve(answer.value);
    },
    fail(why: string) {
      for (const { reject } of waiting.values()) reject(new Error(why));
      waiting.clear();
    },
  };
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}
