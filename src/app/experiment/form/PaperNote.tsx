import { useAppState } from '../../state/hooks/AppContext.ts';
import { modelName } from '../../../model/families.ts';
import { paperSetting, publishedError } from '../../../model/paper.ts';
import { againstPaper } from './enSettings.ts';
import { readModel } from '../../state/readDraft.ts';
import { Unbroken } from '../../ui/Unbroken.tsx';

const { width, batchSize, steps } = paperSetting;
const note = againstPaper.note([width, 2 * width, 4 * width], batchSize, steps);

/** The paper's setting, and what it got with the nets of the lanes; the twins of plain nets included. */
export function PaperNote() {
  const lanes = useAppState((state) => state.draft.lanes);
  const results = new Map<string, string>();
  for (const model of lanes.map(readModel).filter((candidate) => candidate !== null)) {
    for (const block of [model.block, 'basic'] as const) {
      const published = publishedError({ ...model, block });
      const name = modelName({ block, depth: model.depth });
      if (published) results.set(name, againstPaper.result(name, published.testError, published.approximate));
    }
  }
  return (
    <p className="note">
      {note} {results.size > 0 && <Unbroken text={againstPaper.results([...results.values()].slice(0, 6))} />}
    </p>
  );
}
