/** What a view into nets is for the page: how it asks, and how its answer is drawn, listed and said. */
import type { ComponentType } from 'react';
import type { GenericSchema } from 'valibot';
import type { TermId } from '../ui/glossary/enGlossary.ts';
import type { LaneStyle } from '../state/laneStyle.ts';
import type { ModelConfig } from '../../model/config.ts';
import type { OwnImage } from '../../protocol/inside.ts';

/** A net that is looked at, as views name and draw it. */
export interface LookedAt {
  readonly id: string;
  readonly name: string;
  readonly style: LaneStyle;
  readonly model: ModelConfig;
  /** Steps that it was trained for; null where nobody said. */
  readonly step: number | null;
  /** The moments at which it is kept, by ascending step; absent where nothing keeps it. */
  readonly moments?: readonly { readonly step: number }[];
  /** Multiply-adds a second of its forward pass, as measured while it trained, or else of this device; absent where neither is known. */
  readonly rate?: number;
  /** The same where batch norms are joined to convolutions (training/joinedNetwork.ts), as in a landscape; absent where the device has no kernel for it. */
  readonly joinedRate?: number;
}

/** Terms of the glossary, each as it stands in what a view shows or does not. */
export type ViewTerms = readonly (readonly [id: TermId, text: string])[];

export interface ViewWords {
  /** Names the view, in its tab. */
  readonly name: string;
  /** What it answers; its heading. */
  readonly question: string;
  /** One honest sentence each. */
  readonly shows: string;
  readonly doesNot: string;
  readonly terms: ViewTerms;
  /** Authors, year, section. */
  readonly source: string;
}

/** Rows of one kind, for the table under the drawing and for CSV. */
export interface ViewTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface Answered<Q, A> {
  readonly nets: readonly LookedAt[];
  readonly question: Q;
  readonly answer: A;
}

/** The layer of a question that has one: it is the layer chosen in every view (layerChoice.ts). */
export interface LayerOfQuestion<Q> {
  /** Null where none is chosen, or what is chosen is none of the graph's: that stays this view's own. */
  readonly of: (question: Q) => string | null;
  readonly with: (question: Q, layer: string | null) => Q;
}

export interface NetsOfView {
  readonly least: number;
  readonly most: number;
  /** Those that it can look into; all without it. */
  readonly takes?: (model: ModelConfig) => boolean;
  /** What is said where there are too few of them. */
  readonly none?: string;
}

export interface ViewDefinition<Q, A> {
  readonly id: string;
  readonly words: ViewWords;
  readonly question: GenericSchema<unknown, Q>;
  readonly answer: GenericSchema<unknown, A>;
  readonly initial: Q;
  /**
   * What the computation is asked; the whole question without it. What only the drawing needs is left out: it computes nothing anew.
   * `picture` is a person's own, where one was brought: it stands beside the question, which goes into links.
   */
  readonly asks?: (question: Q, picture: OwnImage | null) => unknown;
  /**
   * The steps of the kept moments of a net at which it is to be had, too; none without it. What it reads of the question stands in `asks`.
   * `before`: the answer to the same question that there is already, where the nets are looked into again; `index`: the net's place in it.
   */
  readonly further?: (question: Q, net: LookedAt, before: A | null, index: number) => readonly number[];
  /** What is shown once the same is asked again, as nets train: `before` was shown. Only the new answer without it. */
  readonly joined?: (before: A, answer: A) => A;
  readonly layer?: LayerOfQuestion<Q>;
  /** What follows from the nets' graphs alone: the answer is made on the page, and no worker is asked. */
  readonly here?: (question: Q, nets: readonly LookedAt[]) => A;
  /** Which nets it compares; one to four of any kind without it. */
  readonly nets?: NetsOfView;
  /** What it costs before it is computed, in words; null where it is computed at once. */
  readonly cost: (question: Q, nets: readonly LookedAt[]) => string | null;
  /** Whether it is asked anew while its nets train. */
  readonly isLive: boolean;
  /** What can be chosen; absent where nothing can. */
  readonly Settings?: ComponentType<{
    readonly question: Q;
    readonly change: (question: Q) => void;
    readonly nets: readonly LookedAt[];
  }>;
  /** One SVG (`<svg className="view-picture">`), which is saved as the picture; more around it is drawn on the page alone. */
  readonly Drawing: ComponentType<Answered<Q, A>>;
  readonly table: (answered: Answered<Q, A>) => ViewTable;
  /** What is to be seen, in a sentence or two, for those who do not see it. */
  readonly summary: (answered: Answered<Q, A>) => string;
}

/** A view whose question and answer only it knows: both are checked where they come in. */
export interface AnyView {
  readonly id: string;
  readonly words: ViewWords;
  readonly initial: unknown;
  readonly nets: NetsOfView;
  readonly isLive: boolean;
  /**
   * `question` is what differs from the initial one, `layer` the layer that is chosen. Null where the question is none of this view's.
   */
  readonly with: (question: unknown, picture: OwnImage | null, layer?: string | null) => AskedView | null;
}

/** What was changed of a view's settings. */
export interface Changed {
  /** What differs from the view's initial question now. */
  readonly question: Readonly<Record<string, unknown>>;
  /** Absent where the question has no layer. */
  readonly layer?: string | null;
}

export interface AskedView {
  /** What the computation is asked. */
  readonly asks: unknown;
  readonly further: (net: LookedAt, before?: unknown, index?: number) => readonly number[];
  /** Throws ValiError if an answer is none of this view's. */
  readonly joined: (before: unknown, answer: unknown) => unknown;
  readonly cost: (nets: readonly LookedAt[]) => string | null;
  readonly settings: (change: (changed: Changed) => void, nets: readonly LookedAt[]) => React.ReactNode;
  /** See {@link ViewDefinition.here}. */
  readonly here: ((nets: readonly LookedAt[]) => unknown) | null;
  /** Throws ValiError if the answer is none of this view's. */
  readonly answered: (nets: readonly LookedAt[], answer: unknown) => AnsweredView;
}

export interface AnsweredView {
  readonly drawing: React.ReactNode;
  readonly table: ViewTable;
  readonly summary: string;
}
