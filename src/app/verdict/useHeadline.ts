import type { Part } from './claimFacts.ts';
import { useVerdict } from './VerdictProvider.tsx';

const textOf = (part: Part) =>
  typeof part === 'string' ? part : 'name' in part ? part.name : 'stress' in part ? part.stress : part.number;

/** The strongest claim as plain text, for what is titled by it; null while nothing is claimed. */
export function useHeadline(): string | null {
  const [first] = useVerdict().texts.claims;
  return first ? first.parts.map(textOf).join('') : null;
}
