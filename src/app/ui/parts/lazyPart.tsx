import {
  createElement,
  Suspense,
  use,
  useSyncExternalStore,
  type ComponentType,
  type ReactNode,
} from 'react';
import type { PartName } from './enParts.ts';
import { Boundary } from './Boundary.tsx';
import { createPart, type Part } from './part.ts';

interface Options {
  /** What stands in its place while it is on its way. */
  readonly meanwhile?: ReactNode;
  /** Where there is room for a word only. */
  readonly small?: boolean;
}

/** A component whose code comes when it is shown. Where that does not come, or fails, it alone says so, and can be tried again. */
export function lazyPart<P extends object>(
  name: PartName,
  load: () => Promise<ComponentType<P>>,
  { meanwhile = null, small = false }: Options = {},
): ComponentType<P> {
  const part = createPart(name, load);
  return function LazyPart(props: P) {
    const attempt = useSyncExternalStore(part.onRetry, part.attempt);
    return (
      <Boundary name={name} small={small} onRetry={part.retry} attempt={attempt}>
        <Suspense fallback={meanwhile}>
          <Loaded part={part} props={props} />
        </Suspense>
      </Boundary>
    );
  };
}

function Loaded<P extends object>({ part, props }: { part: Part<ComponentType<P>>; props: P }) {
  return createElement(part.loaded() ?? use(part.load()), props);
}
