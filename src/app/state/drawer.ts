/** The drawer of the lab: what all nets share, or one net, or a moment of a run. Never two of them. */
import type { LaneDraft } from './draft.ts';

export type Drawer =
  | { readonly kind: 'settings' }
  | { readonly kind: 'lane'; readonly lane: string }
  /** A moment of a run, after so many steps. */
  | { readonly kind: 'moment'; readonly run: string; readonly step: number };

/** The drawer that holds a field of the form (`Fault.field`). */
export function drawerOf(field: string, lanes: readonly Pick<LaneDraft, 'id'>[]): Drawer {
  const id = field.slice(0, Math.max(0, field.lastIndexOf('.')));
  return lanes.some((lane) => lane.id === id) ? { kind: 'lane', lane: id } : { kind: 'settings' };
}
