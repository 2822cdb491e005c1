/** The words around the glossary that the page needs before it has it. */
export const terms = {
  /** Of a small sign beside the term. */
  what: (term: string) => `What does \u201c${term}\u201d mean?`,
  sign: '?',
  loading: '\u2026',
  open: 'Words',
  heading: 'The words of this page',
};
