/** The words of the drawing of the nets. */
import { integer } from '../../ui/format.ts';
import type { TermedText } from '../../ui/glossary/TextWithTerms.tsx';

export const nets = {
  heading: 'What is being compared',
  bars: [
    'Each bar is a 3\u00d73 (or 1\u00d71) ',
    { term: 'convolution', text: 'convolution' },
    ', its height the size of the ',
    { term: 'map', text: 'map' },
    '; three stages, each with twice the ',
    { term: 'filter', text: 'filters' },
    ' of the one before.',
  ] satisfies TermedText,
  /** Where a net has some. */
  arcs: [
    ' An arc is a ',
    { term: 'shortcut', text: 'shortcut' },
    '; dashed where it has to change the shape.',
  ] satisfies TermedText,
  leftOut: [
    ' One convolution before them, and pooling and ten outputs behind, are left out.',
  ] satisfies TermedText,
  more: (count: number) => `\u00d7${integer(count)}`,
  picture: (name: string, blocks: number, shortcuts: boolean) =>
    `${name}: three stages of ${integer(blocks)} blocks each, ${shortcuts ? 'each with a shortcut around it' : 'without shortcuts'}.`,
};
