/** The pictures of kept views: those to be written, those that are stored, and those that nobody can ask for any more. */
import type { AppState } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';
import type { PictureKey } from './stored.ts';

export interface PendingPicture {
  readonly key: PictureKey;
  readonly file: ArrayBuffer;
}

export class PictureChanges {
  #pending: readonly PendingPicture[] = [];
  /** The views whose pictures are stored, by their runs. */
  readonly #stored = new Map<string, Set<string>>();

  /** These are stored. */
  knows(keys: readonly PictureKey[]): void {
    for (const [run, view] of keys) {
      const views = this.#stored.get(run);
      if (views) views.add(view);
      else this.#stored.set(run, new Set([view]));
    }
  }

  add(pictures: readonly PendingPicture[]): void {
    this.#pending = [...this.#pending, ...pictures];
  }

  /** Lets go of those that wait still; says whether any did. */
  giveUp(pictures: readonly PendingPicture[]): boolean {
    const before = this.#pending;
    this.#pending = before.filter((one) => !pictures.includes(one));
    return this.#pending.length < before.length;
  }

  /** Those to be written, of runs that are there. */
  due(ids: ReadonlySet<string>): readonly PendingPicture[] {
    return this.#pending.filter(({ key: [run] }) => ids.has(run));
  }

  /** The stored pictures of these runs whose views are taken away for good. */
  leaving(runs: readonly Run[], { deleted }: Pick<AppState, 'deleted'>): readonly PictureKey[] {
    if (this.#stored.size === 0) return [];
    return runs.flatMap(({ id, views }) => {
      const stored = this.#stored.get(id);
      if (!stored) return [];
      const staying = new Set([...views, ...(deleted?.views.get(id) ?? [])].map((view) => view.id));
      return [...stored].filter((view) => !staying.has(view)).map((view): PictureKey => [id, view]);
    });
  }

  written(
    pictures: readonly PendingPicture[],
    gone: readonly PictureKey[],
    removed: readonly string[],
  ): void {
    this.giveUp(pictures);
    this.knows(pictures.map(({ key }) => key));
    for (const [run, view] of gone) this.#stored.get(run)?.delete(view);
    for (const run of removed) this.#stored.delete(run);
  }
}
