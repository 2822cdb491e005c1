/** Finds terms of the glossary in a text: each where it stands first. */
import type { TermId } from '../ui/glossary/enGlossary.ts';
import type { TermedText } from '../ui/glossary/TextWithTerms.tsx';
import { verdictTerms } from './enVerdictTerms.ts';

const words = new Map(verdictTerms.flatMap(([term, ...forms]) => forms.map((form) => [form, term] as const)));
// Longer ones first: "training error" before "error".
const pattern = new RegExp(
  `(?<![\\w-])(${[...words.keys()].sort((a, b) => b.length - a.length).join('|')})(?![\\w-])`,
  'gi',
);

export function markTerms(text: string): TermedText {
  const parts: (string | { readonly term: TermId; readonly text: string })[] = [];
  const seen = new Set<TermId>();
  let from = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const term = words.get(found.toLowerCase());
    if (!term || seen.has(term)) continue;
    seen.add(term);
    if (index > from) parts.push(text.slice(from, index));
    parts.push({ term, text: found });
    from = index + found.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}
