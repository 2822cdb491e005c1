/** What of a question is not as it is at first: links and the page keep no more of it. */
export const differing = (question: object, initial: object): Readonly<Record<string, unknown>> => {
  const first = new Map<string, unknown>(Object.entries(initial));
  return Object.fromEntries(
    Object.entries(question).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(first.get(name)),
    ),
  );
};
