import { signsOf } from './format.ts';

/** Signs of the end that stay, and of a text that is left whole. */
const END = 6;
const SHORT = 14;

/**
 * A name that is cut in its middle where it has no room: its end tells it from others of its kind. The whole of it is its title and its text.
 */
export function MiddleCut({ text }: { readonly text: string }) {
  const signs = signsOf(text);
  if (signs.length <= SHORT) return text;
  return (
    <span className="middle-cut">
      <span>{signs.slice(0, -END).join('')}</span>
      <span>{signs.slice(-END).join('')}</span>
    </span>
  );
}
