import { useMemo, useState } from 'react';
import { buildGraph } from '../../../model/graph.ts';
import { depthFault, isResidual, nearestDepths, type Block } from '../../../model/depths.ts';
import { MOST_LANES } from '../../../model/config.ts';
import { measureGraph } from '../../../model/shapes.ts';
import { hints, labels, options } from '../../experiment/form/enSettings.ts';
import { faultText } from '../../experiment/form/faultText.ts';
import { freeLaneId, type LaneDraft } from '../../state/draft.ts';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { readDraft, readModel, readNumber, type LaneField } from '../../state/readDraft.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { freeDepth } from '../commonDepths.ts';
import { DepthField } from '../DepthField.tsx';
import { describeLanes } from '../describeLanes.ts';
import { lanes as laneWords } from '../enLanes.ts';
import { NetDrawing } from '../nets/NetDrawing.tsx';
import { BlockPicture } from './BlockPicture.tsx';
import { picker as words } from './enPicker.ts';

interface Props {
  readonly onClose: () => void;
  /** With the id of the lane that was added. */
  readonly onAdded: (lane: string) => void;
}

type Net = Pick<LaneDraft, 'block' | 'shortcut' | 'depth' | 'width'>;

const blocks = Object.keys(words.blocks) as readonly Block[];

/** Chooses a net of the family, shows it as one chooses, and adds it; what trains goes on, and the net may join it. */
export function NetPicker({ onClose, onAdded }: Props) {
  const app = useApp();
  const draft = useAppState((state) => state.draft);
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const [net, setNet] = useState<Net>(() => netLike(draft.lanes));
  const edit = (patch: Partial<Net>) => setNet({ ...net, ...patch });
  const lane = useMemo(() => laneOf(net, draft.lanes), [net, draft.lanes]);
  const faultOf = useMemo(() => {
    const { faults } = readDraft({ ...draft, lanes: [lane] });
    return (field: LaneField) => {
      const fault = faults.find((candidate) => candidate.field === `${lane.id}.${field}`);
      return fault && faultText(fault);
    };
  }, [draft, lane]);
  const { name, style } = useMemo(() => describeLanes([...draft.lanes, lane]).at(-1)!, [draft.lanes, lane]);
  const model = readModel(lane);
  const isFull = draft.lanes.length >= MOST_LANES;

  const add = (trains: boolean) => {
    const id = app.addLane(lane);
    if (id !== null) {
      if (trains) app.trainLane(id);
      onAdded(id);
    }
    onClose();
  };

  return (
    <Dialog heading={words.heading} className="picker" onClose={onClose}>
      <fieldset>
        <legend>{words.block}</legend>
        <div className="picker-blocks">
          {blocks.map((block) => (
            <label key={block}>
              <input
                type="radio"
                name="picker-block"
                checked={net.block === block}
                onChange={() => edit({ block, depth: depthIn(block, net) })}
              />
              <BlockPicture block={block} />
              <b>{words.blocks[block].name}</b>
              <span>{words.blocks[block].text}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="picker-fields">
        <DepthField
          id="picker-depth"
          block={net.block}
          depth={net.depth}
          fault={faultOf('depth')}
          onChange={(depth) => edit({ depth })}
        />
        <TextField
          id="picker-width"
          label={labels.width}
          inputMode="numeric"
          value={net.width}
          fault={faultOf('width')}
          hint={hints.width}
          onChange={(width) => edit({ width })}
        />
        <SelectField
          id="picker-shortcut"
          label={labels.shortcut}
          value={net.shortcut}
          options={options.shortcut}
          disabled={!isResidual(net.block)}
          hint={isResidual(net.block) ? undefined : hints.plainShortcut}
          onChange={(shortcut) => edit({ shortcut })}
        />
      </div>
      <section className="picker-preview" aria-label={words.preview}>
        {model && <NetDrawing model={model} style={style} name={name} />}
        <p role="status">{model ? sizeText(model) : words.impossible}</p>
      </section>
      <div className="picker-actions">
        {isFull && <span className="field-hint">{words.full}</span>}
        {live && (
          <button type="button" className="button-main" disabled={!model || isFull} onClick={() => add(true)}>
            {words.addAndTrain(name)}
          </button>
        )}
        <button
          type="button"
          className={live ? undefined : 'button-main'}
          disabled={!model || isFull}
          onClick={() => add(false)}
        >
          {words.add(name)}
        </button>
      </div>
    </Dialog>
  );
}

function sizeText(model: NonNullable<ReturnType<typeof readModel>>): string {
  const { parameters, multiplyAdds } = measureGraph(buildGraph(model));
  return laneWords.size(parameters, multiplyAdds);
}

/** The first choice: the last lane's net, of a depth that is not there. */
function netLike(lanes: readonly LaneDraft[]): Net {
  const { block = 'plain', shortcut = 'A', depth = '20', width = '16' } = lanes.at(-1) ?? {};
  const taken = lanes.filter((lane) => lane.block === block).map((lane) => Number(lane.depth));
  const free = freeDepth(block, readNumber(depth) ?? 20, taken);
  return { block, shortcut, depth: String(free), width };
}

/** A lane of this net that shares the recipe's settings. */
const laneOf = (net: Net, lanes: readonly LaneDraft[]): LaneDraft => ({
  ...net,
  id: freeLaneId(lanes),
  name: '',
  optimizer: null,
  warmUp: null,
  rate: '',
  from: null,
});

/** The nearest depth that `block` has, where the other block had the one that is there; what was typed wrong stays. */
function depthIn(block: Block, { block: before, depth }: Net): string {
  const typed = readNumber(depth);
  const isPossible = typed !== undefined && depthFault(before, typed) === undefined;
  return isPossible ? String(nearestDepths(block, typed)[0]) : depth;
}
