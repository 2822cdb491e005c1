import { createStore, type StoreApi } from 'zustand/vanilla';

/** Where the reading is: one place on the axis of all charts, and the chart that shows its values. */
export interface Crosshair {
  readonly place: number | null;
  readonly chart: string | null;
}

export const noCrosshair: Crosshair = { place: null, chart: null };

export const createCrosshair = (): StoreApi<Crosshair> => createStore<Crosshair>()(() => noCrosshair);
