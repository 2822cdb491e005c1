import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { hints, labels, options } from '../experiment/form/enSettings.ts';
import { faultText } from '../experiment/form/faultText.ts';
import { customaryOptimizer, paperWarmUp } from '../../model/presets.ts';
import { sameSettings } from '../../model/sameSettings.ts';
import type { LaneDraft } from '../state/draft.ts';
import { readDraft, type LaneField } from '../state/readDraft.ts';
import { SelectField, TextField } from '../ui/Field.tsx';
import { fieldTerms } from '../runs/fieldTerms.ts';
import { fieldId } from '../ui/revealField.ts';
import { isResidual } from '../../model/depths.ts';
import type { LaneFrom } from '../../model/laneFrom.ts';
import { describeLanes } from './describeLanes.ts';
import { editor as words } from './enLaneMenu.ts';
import { DepthField } from './DepthField.tsx';

export function LaneEditor({ lane, autoName }: { lane: LaneDraft; autoName: string }) {
  const app = useApp();
  const { faults } = useAppState((state) => readDraft(state.draft));
  const edit = (patch: Partial<LaneDraft>) => app.editLane(lane.id, patch);
  const faultOf = (field: LaneField) => {
    const fault = faults.find((candidate) => candidate.field === `${lane.id}.${field}`);
    return fault && faultText(fault);
  };
  const id = (field: string) => fieldId(`${lane.id}.${field}`);

  return (
    <>
      {lane.from && <Origin lane={lane} from={lane.from} />}
      <DepthField
        id={id('depth')}
        block={lane.block}
        depth={lane.depth}
        fault={faultOf('depth')}
        onChange={(depth) => edit({ depth })}
      />
      <SelectField
        id={id('block')}
        label={labels.block}
        term={fieldTerms.block}
        value={lane.block}
        options={options.block}
        onChange={(block) => edit({ block })}
      />
      <SelectField
        id={id('shortcut')}
        label={labels.shortcut}
        term={fieldTerms.shortcut}
        value={lane.shortcut}
        options={options.shortcut}
        disabled={!isResidual(lane.block)}
        hint={!isResidual(lane.block) ? hints.plainShortcut : undefined}
        onChange={(shortcut) => edit({ shortcut })}
      />
      <TextField
        id={id('width')}
        label={labels.width}
        term={fieldTerms.width}
        inputMode="numeric"
        value={lane.width}
        fault={faultOf('width')}
        hint={hints.width}
        onChange={(width) => edit({ width })}
      />
      <SelectField
        id={id('optimizer')}
        label={labels.optimizer}
        term={fieldTerms.optimizer}
        value={lane.optimizer?.type ?? 'shared'}
        options={{ shared: options.shared, ...options.optimizer }}
        onChange={(type) => {
          const optimizer = type === 'shared' ? null : customaryOptimizer(type);
          edit({ optimizer, rate: String(optimizer?.learningRate ?? '') });
        }}
      />
      {lane.optimizer && (
        <TextField
          id={id('rate')}
          label={labels.learningRate}
          term={fieldTerms.learningRate}
          value={lane.rate}
          fault={faultOf('rate')}
          onChange={(rate) => edit({ rate })}
        />
      )}
      <SelectField
        id={id('warmUp')}
        label={labels.warmUp}
        term={fieldTerms.warmUp}
        value={warmUpKind(lane)}
        options={warmUpOptions(lane)}
        onChange={(kind) => {
          if (kind !== 'given') edit({ warmUp: kind === 'paper' ? paperWarmUp : null });
        }}
      />
      <TextField
        id={id('name')}
        label={labels.name}
        inputMode="text"
        placeholder={autoName}
        value={lane.name}
        fault={faultOf('name')}
        onChange={(name) => edit({ name })}
      />
    </>
  );
}

function warmUpKind({ warmUp }: LaneDraft) {
  if (warmUp === null) return 'shared';
  return sameSettings(warmUp, paperWarmUp) ? 'paper' : 'given';
}

const warmUpOptions = (lane: LaneDraft): Readonly<Record<string, string>> => ({
  shared: options.shared,
  paper: words.warmUp(paperWarmUp),
  // Of a link or a file: it can be kept, or left.
  ...(lane.warmUp && warmUpKind(lane) === 'given' && { given: words.warmUp(lane.warmUp) }),
});

/** What the lane goes on from, and the way to have it begin by itself. */
function Origin({ lane, from }: { readonly lane: LaneDraft; readonly from: LaneFrom }) {
  const app = useApp();
  const lanes = useAppState(({ draft }) => draft.lanes);
  const fault = useAppState((state) =>
    readDraft(state.draft).faults.find(({ field }) => field === `${lane.id}.from`),
  );
  const parent = describeLanes(lanes)[lanes.findIndex(({ id }) => id === from.lane)]?.name ?? from.lane;
  const { steps, batchSize, augment, seed } = from.changes;
  const changes = [
    ...(steps === undefined ? [] : [words.changes.steps(steps)]),
    ...(batchSize === undefined ? [] : [words.changes.batchSize(batchSize)]),
    ...(augment === undefined ? [] : [words.changes.augment(augment)]),
    ...(seed === undefined ? [] : [words.changes.seed(seed)]),
  ];
  return (
    <div className="lane-origin" id={fieldId(`${lane.id}.from`)} tabIndex={-1}>
      <p>{words.from(parent, from.step, changes)}</p>
      {fault && <p className="field-fault">{faultText(fault)}</p>}
      <button type="button" className="button-small" onClick={() => app.editLane(lane.id, { from: null })}>
        {words.ownStart}
      </button>
    </div>
  );
}
