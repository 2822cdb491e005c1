import { memory, stepTime } from './costFormats.ts';
import { questions, experiment as words } from './enExperiment.ts';
import { details, presetWords } from './presets/enPresets.ts';
import { integer } from '../ui/format.ts';
import { Term } from '../ui/glossary/Term.tsx';
import { ComputedBy } from '../runs/ComputedBy.tsx';
import type { ExperimentFacts } from './useExperiment.ts';
import { useWeightHashes } from './useWeightHashes.ts';

/** What the experiment is expected to show, and every lane's cost by itself. */
export function ExperimentDetails({
  facts: { experiment, preset, names, sizes, cost },
}: {
  facts: ExperimentFacts;
}) {
  const hashes = useWeightHashes(experiment);
  const text = preset && presetWords[preset.id];
  return (
    <div className="experiment-details">
      <div>
        <h3>{details.expected}</h3>
        <p>{text ? text.expected : details.ownText}</p>
        {text && <p className="field-hint">{text.paper}.</p>}
      </div>
      <div className="cost-table" role="group" aria-label={words.details} tabIndex={0}>
        <table>
          <caption className="visually-hidden">{preset ? questions[preset.id] : words.own}</caption>
          <thead>
            <tr>
              <th scope="col">{details.lane}</th>
              <th scope="col">
                <Term id="parameters">{words.parameters}</Term>
              </th>
              <th scope="col">
                <Term id="multiplyAdds">{words.multiplyAdds}</Term>
              </th>
              <th scope="col">{words.memory}</th>
              <th scope="col">
                <Term id="step">{words.step}</Term>
              </th>
              <th scope="col" title={details.initialHint}>
                {details.initial}
              </th>
            </tr>
          </thead>
          <tbody>
            {sizes.map((size, i) => (
              <tr key={size.id}>
                <th scope="row">{names[i]}</th>
                <td>{integer(size.parameters)}</td>
                <td>{integer(size.multiplyAdds)}</td>
                <td>{memory(size.bytes)}</td>
                <td>{cost ? stepTime(cost.lanes[i]!.stepSeconds) : '\u2013'}</td>
                <td>
                  <code data-lane={size.id}>{hashes[i] ?? '\u2013'}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ComputedBy />
      <p className="field-hint">
        {details.memoryNote} {details.initialHint}
      </p>
    </div>
  );
}
