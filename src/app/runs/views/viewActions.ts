/** Keeps views into nets with their runs, and reads their pictures. */
import type { StoreApi } from 'zustand/vanilla';
import type { WallClock } from '../../../model/clock.ts';
import { sha256 } from '../../../model/sha256.ts';
import type { RunActions } from '../../state/App.ts';
import type { AppState } from '../../state/AppState.ts';
import type { RunKeeping } from '../../state/keeping.ts';
import { MOST_VIEWS, type KeptView } from '../../state/keptView.ts';
import { changeRuns } from '../changeRuns.ts';
import { listedRuns } from '../allRuns.ts';
import { isElsewhere } from '../isElsewhere.ts';
import { keptViews as words } from './enKeptViews.ts';
import { pictureFault } from './pictureFault.ts';

export interface ViewServices {
  readonly now: WallClock;
  readonly keeping: Pick<RunKeeping, 'keepPicture' | 'pictureOf'>;
}

export function viewActions(
  store: StoreApi<AppState>,
  { now, keeping }: ViewServices,
): Pick<RunActions, 'keepView' | 'viewPicture'> {
  const runOf = (id: string) =>
    listedRuns(store.getState()).find((run) => run.id === id && !isElsewhere(run));
  const take = (ids: readonly string[], view: string) =>
    changeRuns(store, ids, ({ views }) => ({ views: views.filter(({ id }) => id !== view) }));

  return {
    async keepView(ids, { picture, ...said }) {
      const digest = picture && (await sha256(new Uint8Array(picture.file)));
      const runs = ids.flatMap((id) => runOf(id) ?? []);
      const full = runs.find(({ views }) => views.length >= MOST_VIEWS);
      if (full) throw new Error(words.full(full.name, MOST_VIEWS));
      const made = now();
      const taken = new Set(runs.flatMap(({ views }) => views.map(({ id }) => id)));
      let number = made;
      while (taken.has(String(number))) number++;
      const view: KeptView = {
        ...said,
        id: String(number),
        made,
        picture: picture && { type: picture.type, bytes: picture.file.byteLength, sha256: digest ?? '' },
      };
      const own = runs.map(({ id }) => id);
      // The view first: what keeps runs writes it together with its picture.
      changeRuns(store, own, ({ views }) => ({ views: [...views, view] }));
      if (!picture) return;
      try {
        await keeping.keepPicture(own, view.id, picture.file);
      } catch (error) {
        take(own, view.id);
        const { keeping: state } = store.getState();
        const kind = state.kind === 'failing' || state.kind === 'off' ? state.fault.kind : null;
        throw new Error(kind === 'full' ? words.noRoom : words.notKept, { cause: error });
      }
    },
    async viewPicture(run, { id, picture }) {
      if (!picture) throw new Error(words.noPicture);
      const file = await keeping.pictureOf(run, id);
      if (pictureFault(picture.type, file) !== null) throw new Error(words.unreadable);
      return new Blob([file], { type: picture.type });
    },
  };
}
