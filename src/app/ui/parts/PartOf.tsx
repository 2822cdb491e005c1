import { Suspense, use, useSyncExternalStore, type ReactNode } from 'react';
import { Boundary } from './Boundary.tsx';
import type { PartName } from './enParts.ts';
import type { Part } from './part.ts';

interface Props<T> {
  readonly name: PartName;
  readonly part: Part<T>;
  /** What stands in its place while it is on its way. */
  readonly meanwhile?: ReactNode;
  /** Where there is room for a word only. */
  readonly small?: boolean;
  /** Draws what was loaded. It is no component: hooks are for what it returns. */
  readonly children: (loaded: T) => ReactNode;
}

/** Shows a part of the page when it has come. Where it does not come, or fails, it alone says so, and can be tried again. */
export function PartOf<T>({ name, part, meanwhile = null, small = false, children }: Props<T>) {
  const attempt = useSyncExternalStore(part.onRetry, part.attempt);
  return (
    <Boundary name={name} small={small} onRetry={part.retry} attempt={attempt}>
      <Suspense fallback={meanwhile}>
        <Loaded part={part} draw={children} />
      </Suspense>
    </Boundary>
  );
}

/**
 * The part is asked for each time, there or not. React begins a component anew when what it waits for comes at once; a `use` that is not called then
 * makes the hooks after it fail (https://react.dev/warnings/conditional-use-of-use).
 */
function Loaded<T>({ part, draw }: { readonly part: Part<T>; readonly draw: (loaded: T) => ReactNode }) {
  return draw(use(part.load()));
}
