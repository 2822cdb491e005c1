import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import { systemClock } from '../../model/clock.ts';
import type { App } from '../state/App.ts';
import { useApp } from '../state/hooks/AppContext.ts';
import { LookInto, type Asked } from './lookInto.ts';
import { netsNow, type NetToLookAt } from './netsToLookAt.ts';

interface Asking extends Asked {
  readonly nets: readonly NetToLookAt[];
  /** Whether it is looked without being told to. */
  readonly atOnce: boolean;
}

/**
 * Looks into nets, at once or when told to, and again while they train. Going elsewhere and back finds what has been computed; what is asked
 * otherwise in the same place, as a moment on a way along many is, is not computed to its end: it would hold up what is asked now.
 */
export function useLook({ nets, atOnce, ...asked }: Asking) {
  const app = useApp();
  const look = lookOf(app, asked, nets);
  const last = useRef(look);
  useEffect(() => {
    if (last.current !== look) last.current.cancel();
    last.current = look;
  }, [look]);
  const looked = useSyncExternalStore(look.subscribe, look.now);
  const lookNow = () => void look.look(netsNow(app.store.getState(), nets));
  const lookByItself = useEffectEvent(lookNow);
  useEffect(() => {
    if (atOnce && look.now().state === 'none') lookByItself();
  }, [atOnce, look]);
  const again = look.againAfter(nets);
  useEffect(() => {
    if (again === null) return;
    const timer = setTimeout(lookByItself, 1000 * again);
    return () => clearTimeout(timer);
  }, [again, looked]);
  return { looked, look: lookNow, cancel: () => look.cancel() };
}

/** Looks that are remembered; the oldest is forgotten. */
const REMEMBERED = 16;
const remembered = new WeakMap<App, Map<string, LookInto>>();

/** The look that asks this. Nets that train are the same ones after each step. */
function lookOf(app: App, asked: Asked, nets: readonly NetToLookAt[]): LookInto {
  const looks = remembered.get(app) ?? new Map<string, LookInto>();
  remembered.set(app, looks);
  const key = JSON.stringify([asked, nets.map(({ id, isTraining, step }) => [id, isTraining ? null : step])]);
  const look = looks.get(key) ?? new LookInto(app, asked, systemClock);
  looks.delete(key);
  looks.set(key, look);
  const [oldest] = looks.keys();
  if (looks.size > REMEMBERED && oldest !== undefined) looks.delete(oldest);
  return look;
}
