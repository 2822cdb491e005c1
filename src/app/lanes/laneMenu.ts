/** What can be done to a net, as the entries of its menu: which there are, and why some cannot be chosen now. */
import type { Run } from '../state/run.ts';
import type { MenuItem } from '../ui/MenuButton.tsx';
import { menu as words } from './enLaneMenu.ts';

export interface LaneFacts {
  /** The run whose numbers are the lane's own. */
  readonly run: Run | null;
  /** Something trains. */
  readonly isLive: boolean;
  /** The lane is part of what trains. */
  readonly isLocked: boolean;
  /** Its net is possible. */
  readonly isSound: boolean;
  readonly isOnly: boolean;
  /** The experiment holds no more lanes. */
  readonly isFull: boolean;
  readonly isHidden: boolean;
  /** Moments of its run are kept. */
  readonly hasMoments: boolean;
  /** It goes on from another lane. */
  readonly isBranch: boolean;
}

export interface LaneActions {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
  readonly join: () => void;
  readonly change: () => void;
  readonly duplicate: () => void;
  readonly rename: () => void;
  readonly setHidden: (isHidden: boolean) => void;
  readonly startWeights: () => void;
  readonly saveWeights: () => void;
  readonly remove: () => void;
  readonly goBack: () => void;
}

const { why } = words;

export function laneMenu(facts: LaneFacts, actions: LaneActions): readonly MenuItem[] {
  const { run, isLive, isLocked, isSound, isOnly, isFull, isHidden, hasMoments, isBranch } = facts;
  const hasSteps = run !== null && run.step > 0;
  return [
    ...(run && run.state !== 'ended' ? paceItems(run, actions) : [joinItem(facts, actions)]),
    {
      id: 'change',
      icon: 'edit',
      label: words.change,
      why: isLocked ? why.locked : undefined,
      onChoose: actions.change,
    },
    {
      id: 'duplicate',
      icon: 'duplicate',
      label: words.duplicate,
      why: isFull ? why.full : undefined,
      onChoose: actions.duplicate,
    },
    { id: 'rename', icon: 'rename', label: words.rename, onChoose: actions.rename },
    {
      id: 'curves',
      icon: isHidden ? 'eye' : 'hidden',
      label: isHidden ? words.show : words.hide,
      why: hasSteps ? undefined : why.noCurves,
      onChoose: () => actions.setHidden(!isHidden),
    },
    {
      id: 'moments',
      icon: 'moments',
      label: words.moments,
      why: hasMoments ? undefined : why.noMoments,
      onChoose: actions.goBack,
    },
    {
      id: 'start',
      icon: 'start',
      label: words.start,
      why: isBranch ? why.fromOther : isLive ? why.training : isSound ? undefined : why.unsound,
      onChoose: actions.startWeights,
    },
    {
      id: 'save',
      icon: 'weights',
      label: words.save,
      why: hasSteps ? undefined : why.noWeights,
      onChoose: actions.saveWeights,
    },
    {
      id: 'remove',
      icon: 'remove',
      label: words.remove,
      why: isLocked ? why.locked : isOnly ? why.only : undefined,
      onChoose: actions.remove,
    },
  ];
}

function paceItems(run: Run, { pause, resume, stop }: LaneActions): readonly MenuItem[] {
  const stopItem: MenuItem = {
    id: 'stop',
    icon: 'stop',
    label: words.stop,
    why: run.stopping ? why.isStopping : undefined,
    onChoose: stop,
  };
  if (run.state === 'paused') {
    return [{ id: 'pace', icon: 'resume', label: words.resume, onChoose: resume }, stopItem];
  }
  const hasBegun = run.state === 'running';
  return [
    {
      id: 'pace',
      icon: 'pause',
      label: words.pause,
      why: hasBegun ? undefined : why.notBegun,
      onChoose: pause,
    },
    stopItem,
  ];
}

const joinItem = ({ isLive, isLocked, isSound, isBranch }: LaneFacts, { join }: LaneActions): MenuItem => ({
  id: 'join',
  icon: 'resume',
  label: words.join,
  why: !isSound
    ? why.unsound
    : isLocked
      ? why.trained
      : !isLive
        ? why.joins
        : isBranch
          ? why.goesOn
          : undefined,
  onChoose: join,
});
