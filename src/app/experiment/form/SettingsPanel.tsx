import type { ReactNode } from 'react';
import { useAppState } from '../../state/hooks/AppContext.ts';
import { settingNames } from '../../../model/recipeSettings.ts';
import { groups, isInGroup, type Group } from '../../runs/enRecipeSettings.ts';
import { locked as lockedText, settings as words } from './enSettings.ts';
import { groupSummary } from './groupSummary.ts';
import type { RecipeDraft } from '../../state/draft.ts';
import { readDraft } from '../../state/readDraft.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import { NormalisationField } from './NormalisationField.tsx';
import { PaperNote } from './PaperNote.tsx';
import { BudgetFields, ScheduleFields } from './scheduleFields.tsx';
import { SettingFields } from './SettingFields.tsx';

/** What a group has besides its simple settings. */
const structured: Partial<
  Readonly<Record<Group, { readonly Fields: () => ReactNode; readonly keys: readonly (keyof RecipeDraft)[] }>>
> = {
  data: { Fields: NormalisationField, keys: ['normalisation'] },
  rate: {
    Fields: ScheduleFields,
    keys: ['schedule', 'milestones', 'factor', 'warmUp', 'warmUpRate', 'warmUpSteps', 'warmUpError'],
  },
  budget: { Fields: BudgetFields, keys: ['budget', 'budgetUnit'] },
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
          const { Fields, keys = [] } = structured[group] ?? {};
          const names = settingNames.filter((name) => isInGroup(name, group));
          const isWrong = faults.some(({ field }) => [...names, ...keys].some((key) => key === field));
          return (
            <details key={group} className="group" data-group={group}>
              <summary>
                <span>{groups[group]}</span>
                <span className={isWrong ? 'group-wrong' : 'group-value'}>
                  {isWrong ? words.wrong : groupSummary(group, draft.recipe)}
                </span>
              </summary>
              <div className="group-fields">
                <SettingFields names={names} />
                {Fields && <Fields />}
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
