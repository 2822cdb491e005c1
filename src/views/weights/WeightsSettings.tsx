import { ViewSwitch } from '../../app/inside/ViewSwitch.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { buildGraph } from '../../model/graph.ts';
import { weights as words } from './enWeights.ts';
import { layerNames } from './readAnswer.ts';
import { quantities, type WeightsQuestion } from './weights.ts';

interface Props {
  readonly question: WeightsQuestion;
  readonly change: (question: WeightsQuestion) => void;
  readonly nets: readonly LookedAt[];
}

export function WeightsSettings({ question, change, nets }: Props) {
  const { across, of } = question;
  return (
    <>
      <ViewSwitch
        legend={words.of}
        values={quantities}
        chosen={of}
        label={(one) => words.quantities[one]}
        choose={(one) => change({ ...question, of: one })}
      />
      <ViewSwitch
        legend={words.across}
        values={['layers', 'time']}
        chosen={across}
        label={(one) => words.acrosses[one]}
        choose={(one) => change({ ...question, across: one })}
      />
      {across === 'time' && <LayerChoice question={question} change={change} nets={nets} />}
    </>
  );
}

function LayerChoice({ question, change, nets }: Props) {
  const names = layersToChoose(nets);
  return (
    <label className="view-choice">
      {words.layer}
      <select
        value={layerAmong(question, names)}
        onChange={({ target }) => change({ ...question, layer: target.value })}
      >
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

/** Every convolution that a batch norm follows. */
export const layersToChoose = (nets: readonly LookedAt[]): readonly string[] =>
  layerNames(
    nets.map(({ model }) => {
      const { layers } = buildGraph(model);
      return layers.flatMap((layer) => (layer.kind === 'batchNorm' ? [layers[layer.input]?.name ?? ''] : []));
    }),
  );

/** The layer that is asked for, or the last one. */
export const layerAmong = ({ layer }: WeightsQuestion, names: readonly string[]): string =>
  layer !== null && names.includes(layer) ? layer : (names.at(-1) ?? '');
