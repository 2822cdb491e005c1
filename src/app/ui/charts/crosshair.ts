import { createStore, type StoreApi } from 'zustand/vanilla';

/** Where the reading is: one step for all charts, and the chart that shows its values. */
export interface Crosshair {
  readonly step: number | null;
  readonly chart: string | null;
}

export const noCrosshair: Crosshair = { step: null, chart: null };

export const createCrosshair = (): StoreApi<Crosshair> => createStore<Crosshair>()(() => noCrosshair);
