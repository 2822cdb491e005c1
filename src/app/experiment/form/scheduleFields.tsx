/** The fields of the learning rate's schedule, with a drawing of it, and of the budget. */
import { createSchedule } from '../../../model/schedule.ts';
import type { RecipeConfig } from '../../../model/config.ts';
import { hints, labels, options } from './enSettings.ts';
import { fieldTerms } from '../../runs/fieldTerms.ts';
import { totalSteps } from '../../runs/progress.ts';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { useRecipe } from './useRecipe.ts';

export function ScheduleFields() {
  const { recipe, experiment, edit, id, text } = useRecipe();
  const budget = experiment && totalSteps(experiment.recipe);
  const schedule = experiment?.recipe.schedule;
  const beyond =
    schedule?.type === 'steps' && budget ? schedule.milestones.find((step) => step >= budget) : undefined;
  return (
    <>
      <SelectField
        id={id('schedule')}
        label={labels.schedule}
        term={fieldTerms.schedule}
        value={recipe.schedule}
        options={options.schedule}
        onChange={(type) => edit({ schedule: type })}
      />
      {recipe.schedule === 'steps' && (
        <>
          <TextField
            {...text('milestones')}
            inputMode="text"
            hint={beyond === undefined ? undefined : hints.milestoneBeyond(beyond)}
          />
          <TextField {...text('factor')} />
        </>
      )}
      <SelectField
        id={id('warmUp')}
        label={labels.warmUp}
        term={fieldTerms.warmUp}
        value={recipe.warmUp}
        options={options.warmUp}
        onChange={(warmUp) => edit({ warmUp })}
      />
      {recipe.warmUp !== 'none' && <TextField {...text('warmUpRate')} />}
      {recipe.warmUp === 'steps' && <TextField {...text('warmUpSteps')} inputMode="numeric" />}
      {recipe.warmUp === 'error' && <TextField {...text('warmUpError')} />}
      {experiment && <SchedulePicture recipe={experiment.recipe} />}
    </>
  );
}

export function BudgetFields() {
  const { recipe, edit, id, text } = useRecipe();
  return (
    <>
      <TextField {...text('budget')} term={fieldTerms.budget} />
      <SelectField
        id={id('budgetUnit')}
        label={labels.budgetUnit}
        value={recipe.budgetUnit}
        options={options.budgetUnit}
        onChange={(budgetUnit) => edit({ budgetUnit })}
      />
    </>
  );
}

const WIDTH = 240;
const HEIGHT = 44;
const SAMPLES = 120;
/** Where the drawing lets a warm-up end that waits for the training error: the paper's net needs about 400 of 64,000 steps. */
const WARM_UP_SHARE = 0.08;

/** The learning rate from the first step to the last, as the real schedule gives it. */
function SchedulePicture({ recipe }: { recipe: RecipeConfig }) {
  const steps = totalSteps(recipe) ?? SAMPLES;
  const schedule = createSchedule(recipe.schedule, recipe.optimizer.learningRate);
  const rates = Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const spent = i / SAMPLES;
    return schedule.rate({
      step: Math.round(spent * steps),
      spent,
      recentError: spent < WARM_UP_SHARE ? 1 : 0,
    });
  });
  const highest = Math.max(...rates);
  const points = rates.map(
    (rate, i) => `${(i / SAMPLES) * WIDTH},${HEIGHT - (rate / highest) * (HEIGHT - 4)}`,
  );
  return (
    <svg
      className="schedule-picture"
      viewBox={`0 0 ${WIDTH} ${HEIGHT + 2}`}
      role="img"
      aria-label={hints.schedulePicture}
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT + 1} y2={HEIGHT + 1} stroke="var(--rule)" />
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
    </svg>
  );
}
