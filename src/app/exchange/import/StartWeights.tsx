import { useState, type ChangeEvent } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { readStartWeights, WeightsFileError } from './checkWeights.ts';
import { difference } from '../../runs/looks/enLaneNames.ts';
import { exchange } from '../enExchange.ts';
import { imports as words } from '../enImports.ts';
import { startWeights as weightsWords } from './enWeights.ts';
import { laneNames } from '../../runs/looks/laneNames.ts';
import { readDraft } from '../../state/readDraft.ts';
import { weightsOf } from '../../state/startWeights.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import { SelectField } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';

interface Props {
  /** The lane that is chosen at first; without it, the first. */
  readonly lane?: string;
}

/** Weights out of a file for a lane to start from. */
export function StartWeights({ lane: first }: Props) {
  const app = useApp();
  const draft = useAppState((state) => state.draft);
  const startWeights = useAppState((state) => state.startWeights);
  const isLocked = useAppState((state) => isLive(phaseOf(state.training)));
  const [chosen, setChosen] = useState(first);
  const [fault, setFault] = useState<string | null>(null);
  const { experiment } = readDraft(draft);
  if (!experiment || isLocked) {
    return <p className="field-hint">{isLocked ? words.locked : exchange.faulty}</p>;
  }

  const names = laneNames(experiment.lanes, difference);
  const options = Object.fromEntries(experiment.lanes.map((lane, i) => [lane.id, names[i] ?? lane.id]));
  const lane = experiment.lanes.find(({ id }) => id === chosen) ?? experiment.lanes[0]!;
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (!file) return;
    setFault(null);
    try {
      app.setStartWeights(lane.id, await readStartWeights(file, lane.model));
    } catch (error) {
      // What is not about the file's contents (it is gone, it may not be read) the browser says itself.
      const why = error instanceof Error ? error.message : String(error);
      setFault(error instanceof WeightsFileError ? why : weightsWords.unreadable(file.name, why));
    }
    target.value = '';
  };
  return (
    <>
      <SelectField
        id="start-weights-lane"
        label={words.weightsLane}
        value={lane.id}
        options={options}
        onChange={setChosen}
      />
      <label className="exchange-file">
        <span>{words.weights}</span>
        <input type="file" accept=".safetensors" onChange={(event) => void read(event)} />
      </label>
      <p className="field-hint">{words.weightsText}</p>
      {fault !== null && (
        <p className="field-fault" role="alert">
          {fault} {words.safe}
        </p>
      )}
      <ul className="exchange-imported">
        {experiment.lanes.flatMap((one, i) => {
          const weights = startWeights.get(one.id);
          const name = names[i] ?? one.id;
          if (!weights) return [];
          const { file, model, notes } = weights;
          return (
            <li key={one.id}>
              {weightsOf(startWeights, one)
                ? `${weightsWords.set(name, file)} ${weightsWords.notes(notes)}`
                : weightsWords.otherNet(name, file, model)}
              <IconButton
                icon="remove"
                label={words.seedAgain(name)}
                onClick={() => app.setStartWeights(one.id, null)}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}
