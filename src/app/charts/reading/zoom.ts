import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Range } from '../plot/steadyRanges.ts';
import type { Quantity } from '../quantities.ts';

/** What of the axes is in sight: the horizontal one of all charts alike, the vertical one of each; null is all. */
export interface Zoom {
  readonly x: Range | null;
  readonly y: Readonly<Partial<Record<Quantity, Range>>>;
}

export const noZoom: Zoom = { x: null, y: {} };

export const isZoomed = ({ x, y }: Zoom): boolean => x !== null || Object.keys(y).length > 0;

export const createZoom = (): StoreApi<Zoom> => createStore<Zoom>()(() => noZoom);
