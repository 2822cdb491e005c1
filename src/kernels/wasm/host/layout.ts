/** Sizes on the heap that assembly/ and its callers agree on. */

export const FLOAT = 4;
/** A cache line: each part's scratch begins on one of its own. */
export const LINE = 64;

/** The next multiple. */
export const upTo = (multiple: number, n: number) => Math.ceil(n / multiple) * multiple;

/** A filter in panels of eight output channels (assembly/panels.ts). */
export function panelsBytes(kernel: number, inputs: number, outputs: number): number {
  return FLOAT * kernel * kernel * inputs * upTo(8, outputs);
}
