import { createElement, type ComponentType, type ReactNode } from 'react';
import type { PartName } from './enParts.ts';
import { createPart } from './part.ts';
import { PartOf } from './PartOf.tsx';

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
  options: Options = {},
): ComponentType<P> {
  const part = createPart(name, load);
  return function LazyPart(props: P) {
    return (
      <PartOf name={name} part={part} {...options}>
        {(Loaded) => createElement(Loaded, props)}
      </PartOf>
    );
  };
}
