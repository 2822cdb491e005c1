/** Where a run comes from. */
export const runOrigins = ['here', 'recorded', 'file'] as const;

/** Trained on this page; recorded by this project and come with the page; out of a person's file. */
export type RunOrigin = (typeof runOrigins)[number];

export function countByOrigin(
  runs: readonly { readonly origin: RunOrigin }[],
): Readonly<Record<RunOrigin, number>> {
  const counts = { here: 0, recorded: 0, file: 0 };
  for (const { origin } of runs) counts[origin]++;
  return counts;
}
