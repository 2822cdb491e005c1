/** The views into nets, in the order in which they teach. A new view is a line here, one in workers/inside/computations.ts, and its folder. */
import type { AnyView } from './view.ts';

export const views: readonly { readonly id: string; readonly load: () => Promise<AnyView> }[] = [
  { id: 'signal', load: async () => (await import('../../views/signal/view.ts')).signalView },
  {
    id: 'predictions',
    load: async () => (await import('../../views/predictions/view.ts')).predictionsView,
  },
  { id: 'cut', load: async () => (await import('../../views/cut/view.ts')).cutView },
  {
    id: 'landscape',
    load: async () => (await import('../../views/landscape/view.ts')).landscapeView,
  },
  {
    id: 'weights',
    load: async () => (await import('../../views/weights/view.ts')).weightsView,
  },
  { id: 'grow', load: async () => (await import('../../views/grow/view.ts')).growView },
];
