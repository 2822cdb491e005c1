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
  /** The id of the view that is shown. */
  readonly view: string;
  /** The ids of the nets that were chosen to be looked at; null: those on the stage. */
  readonly nets: readonly string[] | null;
  /** The step at which they are looked at, as near as a moment is kept; null: as they are now. */
  readonly step: number | null;
  /** What each view was asked last, by its id; unchecked: links write it, too. */
  readonly questions: Readonly<Record<string, unknown>>;
  /** A picture that a person brought, for every view that answers one. It stays in this page: no link holds it. */
  readonly picture: OwnImage | null;
  readonly supplied: SuppliedNets;
}

export const noInside: Inside = {
  view: 'signal',
  nets: null,
  step: null,
  questions: {},
  picture: null,
  supplied: { kind: 'none' },
};

export interface InsideActions {
  readonly setInside: (patch: Partial<Inside>) => void;
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
