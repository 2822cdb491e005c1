/** What the page knows of where a net can be stopped. */
import type { ModelConfig } from '../../model/config.ts';
import { buildGraph } from '../../model/graph.ts';
import { stopsOf, type NetStop } from './stops.ts';

const known = new Map<string, readonly NetStop[]>();

/** A net's stops, remembered: each drawing asks for the same. */
export function netStops(model: ModelConfig): readonly NetStop[] {
  const key = JSON.stringify(model);
  const found = known.get(key);
  if (found) return found;
  const stops = stopsOf(buildGraph(model));
  if (known.size > 20) known.clear();
  known.set(key, stops);
  return stops;
}

export const stagesOf = (stops: readonly NetStop[]): number => Math.ceil(stops.at(-1)?.place ?? 0);
