/** What is looked at inside of the nets. */
import type { LookOptions } from '../../client/insideClient.ts';
import type { TrainedNet } from '../../model/trainedNets.ts';
import type { GivenNet, OwnImage } from '../../protocol/inside.ts';

/** The trained nets that come with the page: their list is loaded when it is asked for, their weights when they are looked into. */
export type SuppliedNets =
  | { readonly kind: 'none' | 'coming' }
  | { readonly kind: 'here'; readonly nets: readonly TrainedNet[] }
  | { readonly kind: 'failed'; readonly why: string };

export interface Inside {
  /** Whether the lab shows the views into the nets, and not the curves. */
  readonly isShown: boolean;
  /** The view as links have it: what stands behind `&view=`. */
  readonly link: string;
  /** The same out of a link that was followed, until it has been read: null since then. */
  readonly given: string | null;
  /** The piece of it that could not be read. */
  readonly fault: string | null;
  /** The id of the view that is shown. */
  readonly view: string;
  /** The nets that were chosen to be looked at, by their ids, those of the experiment's lanes by {@link laneKey}; null: those on the stage. */
  readonly nets: readonly string[] | null;
  /** The step at which they are looked at, as near as a moment is kept; null: as they are now. */
  readonly step: number | null;
  /** What of each view's question differs from its initial one, by its id; unchecked: links write it, too. */
  readonly questions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The layer that is chosen in every view that knows layers, by its name in the nets' graphs; null where none is. */
  readonly layer: string | null;
  /** A picture that a person brought, for every view that answers one. It stays in this page: no link holds it. */
  readonly picture: OwnImage | null;
  readonly supplied: SuppliedNets;
}

export const noInside: Inside = {
  isShown: false,
  link: '',
  given: null,
  fault: null,
  view: 'architecture',
  nets: null,
  step: null,
  questions: {},
  layer: null,
  picture: null,
  supplied: { kind: 'none' },
};

/** The net of a lane, whether it has begun to train or not. */
export const laneKey = (lane: string): string => `lane ${lane}`;

export interface InsideActions {
  readonly setInside: (patch: Partial<Inside>) => void;
  /** Has what looks start, where nothing trains: the first look then need not wait for it. */
  readonly readyToLook: () => void;
  /** The answer of a view, unchecked. Rejects with what went wrong, or with an AbortError. */
  readonly look: (
    view: string,
    nets: readonly GivenNet[],
    question: unknown,
    options: LookOptions,
  ) => Promise<unknown>;
  /** The checkpoint file of a kept moment. Rejects if it cannot be had. */
  readonly momentFile: (run: string, step: number) => Promise<ArrayBuffer>;
}
