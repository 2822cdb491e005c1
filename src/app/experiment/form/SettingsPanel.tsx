import type { ReactNode } from 'react';
import { useAppState } from '../../state/hooks/AppContext.ts';
import { groups, locked as lockedText, settings as words, summary } from './enSettings.ts';
import type { RecipeDraft } from '../../state/draft.ts';
import { readDraft } from '../../state/readDraft.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import { DataFields, EvaluationFields, OptimizerFields, BatchFields, SeedFields } from './recipeFields.tsx';
import { PaperNote } from './PaperNote.tsx';
import { BudgetFields, RateFields } from './scheduleFields.tsx';

type Group = keyof typeof groups;

const fieldsOf: Readonly<
  Record<Group, { readonly Fields: () => ReactNode; readonly keys: readonly (keyof RecipeDraft)[] }>
> = {
  data: { Fields: DataFields, keys: ['augment', 'normalisation'] },
  optimizer: { Fields: OptimizerFields, keys: ['optimizer', 'momentum', 'weightDecay'] },
  rate: {
    Fields: RateFields,
    keys: [
      'learningRate',
      'schedule',
      'milestones',
      'factor',
      'warmUp',
      'warmUpRate',
      'warmUpSteps',
      'warmUpError',
    ],
  },
  batch: { Fields: BatchFields, keys: ['batchSize'] },
  seed: { Fields: SeedFields, keys: ['seed', 'seeds'] },
  budget: { Fields: BudgetFields, keys: ['budget', 'budgetUnit'] },
  evaluation: { Fields: EvaluationFields, keys: ['evaluationEvery', 'evaluationImages'] },
};

/** What all lanes share: one line for each group, that opens into its fields. */
export function SettingsPanel() {
  const draft = useAppState((state) => state.draft);
  const locked = useAppState((state) => isLive(phaseOf(state.training)));
  const { faults } = readDraft(draft);
  return (
    <section className="settings" aria-labelledby="settings-heading">
      <h2 id="settings-heading">
        {words.heading}
        {locked && <span className="locked">{words.locked}</span>}
      </h2>
      <fieldset disabled={locked} aria-labelledby="settings-heading">
        {(Object.keys(groups) as Group[]).map((group) => {
          const { Fields, keys } = fieldsOf[group];
          const isWrong = faults.some((fault) => keys.some((key) => key === fault.field));
          return (
            <details key={group} className="group" data-group={group}>
              <summary>
                <span>{groups[group]}</span>
                <span className={isWrong ? 'group-wrong' : 'group-value'}>
                  {isWrong ? words.wrong : summary[group](draft.recipe)}
                </span>
              </summary>
              <div className="group-fields">
                <Fields />
              </div>
            </details>
          );
        })}
      </fieldset>
      <PaperNote />
      {/* Where it comes it moves nothing: it is the last. */}
      {locked && <p className="note">{lockedText}</p>}
    </section>
  );
}
