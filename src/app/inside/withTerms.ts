import type { TermedText } from '../ui/glossary/TextWithTerms.tsx';
import type { ViewTerms } from './view.ts';

/** A text with each term where it first stands as a word of its own; terms that it lacks are none of it. */
export function withTerms(text: string, terms: ViewTerms): TermedText {
  const found = terms
    .flatMap(([term, word]) => {
      const at = text.search(new RegExp(`(?<![\\p{L}\\d])${escaped(word)}(?![\\p{L}\\d])`, 'u'));
      return at < 0 ? [] : [{ term, text: word, at }];
    })
    .sort((a, b) => a.at - b.at);
  const parts: TermedText[number][] = [];
  let end = 0;
  for (const { at, ...term } of found) {
    // Of two that stand over each other the first is one.
    if (at < end) continue;
    parts.push(text.slice(end, at), term);
    end = at + term.text.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== '');
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
