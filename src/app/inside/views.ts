/** The views into nets, in the order in which they teach. A new view is a line here, one in workers/inside/computations.ts, and its folder. */
import { createPart, type Part } from '../ui/parts/part.ts';
import type { AnyView } from './view.ts';

export const views: readonly { readonly id: string; readonly part: Part<AnyView> }[] = [
  {
    id: 'architecture',
    part: createPart(
      'architectureView',
      async () => (await import('../../views/architecture/architectureView.ts')).architectureView,
    ),
  },
  {
    id: 'signal',
    part: createPart('signalView', async () => (await import('../../views/signal/signalView.ts')).signalView),
  },
  {
    id: 'shattered',
    part: createPart(
      'shatteredView',
      async () => (await import('../../views/shattered/shatteredView.ts')).shatteredView,
    ),
  },
  {
    id: 'predictions',
    part: createPart(
      'predictionsView',
      async () => (await import('../../views/predictions/predictionsView.ts')).predictionsView,
    ),
  },
  {
    id: 'blocks',
    part: createPart('blocksView', async () => (await import('../../views/blocks/blocksView.ts')).blocksView),
  },
  {
    id: 'cut',
    part: createPart('cutView', async () => (await import('../../views/cut/cutView.ts')).cutView),
  },
  {
    id: 'gradCam',
    part: createPart(
      'gradCamView',
      async () => (await import('../../views/gradCam/gradCamView.ts')).gradCamView,
    ),
  },
  {
    id: 'landscape',
    part: createPart(
      'landscapeView',
      async () => (await import('../../views/landscape/landscapeView.ts')).landscapeView,
    ),
  },
  {
    id: 'weights',
    part: createPart(
      'weightsView',
      async () => (await import('../../views/weights/weightsView.ts')).weightsView,
    ),
  },
  {
    id: 'grow',
    part: createPart('growView', async () => (await import('../../views/grow/growView.ts')).growView),
  },
];
