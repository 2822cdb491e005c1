import type { StoreApi } from 'zustand/vanilla';
import { createCrosshair, type Crosshair } from './crosshair.ts';
import { createZoom, type Zoom } from './zoom.ts';

/** What all charts of the page share and change without the page being drawn again. */
export interface ChartSpace {
  readonly crosshair: StoreApi<Crosshair>;
  readonly zoom: StoreApi<Zoom>;
}

export const createChartSpace = (): ChartSpace => ({ crosshair: createCrosshair(), zoom: createZoom() });
