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

/** Looks that are remembered of each kind, those that go on with nets that train and others; the oldest is forgotten. */
const REMEMBERED = 16;
const remembered = new WeakMap<App, Map<string, Remembered>>();

interface Remembered {
  readonly look: LookInto;
  readonly asked: string;
  readonly isLive: boolean;
  /** Each net's step; null of one that trains. */
  readonly steps: readonly (number | null)[];
}

/** The look that asks this. Nets that train are the same ones after each step; one that has ended is gone on with. */
function lookOf(app: App, asked: Asked, nets: readonly NetToLookAt[]): LookInto {
  const looks = remembered.get(app) ?? new Map<string, Remembered>();
  remembered.set(app, looks);
  const isLive = asked.isLive && asked.step === null;
  const steps = nets.map(({ isTraining, step }) => (isTraining ? null : step));
  const ofWhat = JSON.stringify([asked, nets.map(({ id }) => id)]);
  const key = JSON.stringify([ofWhat, steps]);
  const before = isLive ? [...looks.values()].findLast((one) => one.asked === ofWhat && couldBecome(one.steps, steps)) : undefined; // prettier-ignore
  const entry = looks.get(key) ?? {
    look: new LookInto(app, asked, systemClock, before?.look ?? null),
    asked: ofWhat,
    isLive,
    steps,
  };
  looks.delete(key);
  looks.set(key, entry);
  const alike = [...looks].filter(([, one]) => one.isLive === isLive);
  const [oldest] = alike;
  if (oldest && alike.length > REMEMBERED) looks.delete(oldest[0]);
  return entry.look;
}

/** Whether nets at these steps are those at the others after some of them have ended. */
const couldBecome = (before: readonly (number | null)[], now: readonly (number | null)[]): boolean =>
  before.every((step, i) => step === null || step === now[i]);
