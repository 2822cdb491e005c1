/** What is asked of the nets' architecture, and what is answered. */
import * as v from 'valibot';

export const foldings = ['fit', 'folded', 'open'] as const;

export const architectureQuestion = v.strictObject({
  /** Whether equal blocks behind each other are drawn as one: where they would not fit, always, or never. */
  equal: v.picklist(foldings),
  /** Whether the block of the chosen layer is drawn layer by layer. */
  unfolded: v.boolean(),
});
export type ArchitectureQuestion = v.InferOutput<typeof architectureQuestion>;

const netFacts = v.object({
  /** Convolutions on the way through and the dense layer, as the paper counts a net's depth. */
  depth: v.number(),
  /** Convolutions on shortcuts. */
  projections: v.number(),
  parameters: v.number(),
  multiplyAdds: v.number(),
  shortcuts: v.number(),
  /** Of the shortcuts, those that come with zeros for new channels. */
  padded: v.number(),
  /** The same of nets that differ in their shortcuts alone. */
  way: v.string(),
});
export type NetFacts = v.InferOutput<typeof netFacts>;

export const architectureAnswer = v.object({ nets: v.array(netFacts) });
export type ArchitectureAnswer = v.InferOutput<typeof architectureAnswer>;
