import { useSyncExternalStore } from 'react';
import { awaitedParts } from './awaitPart.ts';
import { PartOf } from './PartOf.tsx';

/** Parts that are waited for and did not come, each with why and another try. Nothing while all come. */
export function AwaitedParts() {
  const parts = useSyncExternalStore(awaitedParts.subscribe, awaitedParts.all);
  return parts.map((part) => (
    <PartOf key={part.name} name={part.name} part={part}>
      {() => null}
    </PartOf>
  ));
}
