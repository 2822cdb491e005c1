/** Keeping a view, and its picture, come when they are asked for. */
import type { StoreApi } from 'zustand/vanilla';
import type { RunActions } from '../../state/App.ts';
import type { AppState } from '../../state/AppState.ts';
import { awaitPart } from '../../ui/parts/awaitPart.ts';
import { createPart } from '../../ui/parts/part.ts';
import type { ViewServices } from './viewActions.ts';

const part = createPart('viewActions', () => import('./viewActions.ts'));

export function withViewActions(
  store: StoreApi<AppState>,
  services: ViewServices,
): Pick<RunActions, 'keepView' | 'viewPicture'> {
  const there = async () => (await awaitPart(part)).viewActions(store, services);
  return {
    keepView: async (...of) => (await there()).keepView(...of),
    viewPicture: async (...of) => (await there()).viewPicture(...of),
  };
}
