/** From what was typed to a sound experiment, or to what is wrong in which field. */
import {
  ConfigError,
  modelFaults,
  parseExperiment,
  type ConfigFault,
  type ExperimentConfig,
  type ModelConfig,
} from '../../model/config.ts';
import { isNumberName, isReadBy, pathOf, settingNames } from '../../model/recipeSettings.ts';
import { inPlaces, ofEachSetting } from '../../model/settingValues.ts';
import { draftOf, type ExperimentDraft, type LaneDraft, type RecipeDraft, type TextKey } from './draft.ts';

export type LaneField = 'name' | 'depth' | 'width' | 'rate' | 'from';
/** Where a fault is shown: a field of the recipe, a field of a lane (`plain-20.depth`), or the whole experiment. */
export type FieldId = keyof RecipeDraft | `${string}.${LaneField}` | 'experiment';

export interface FieldFault {
  readonly field: FieldId;
  /** What was typed. */
  readonly written: string;
  readonly kind: 'empty' | 'not-a-number' | 'refused';
  /** The schema's own words. */
  readonly detail: string;
}

export interface DraftReading {
  /** The experiment, if nothing is wrong. */
  readonly experiment: ExperimentConfig | null;
  readonly faults: readonly FieldFault[];
}

/**
 * A number as people write it: "0.1", "1e-4", "64 000". Undefined for anything else, so that "1,5" is asked about
 * and not guessed.
 */
export function readNumber(text: string): number | undefined {
  const compact = text
    .trim()
    .replace(/(?<=\d)[ \u00a0\u202f_](?=\d{3}(?!\d))/g, '')
    .replace(/^[\u2212\u2013]/, '-');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(compact)) return undefined;
  return Number(compact);
}

/** Numbers separated by commas, semicolons or spaces. Undefined if one of them is none. */
export function readNumbers(text: string): readonly number[] | undefined {
  const numbers = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(readNumber);
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}

const readings = new WeakMap<ExperimentDraft, DraftReading>();

/** What the form says. A draft is read once, however many ask: the same draft has the same reading. */
export function readDraft(draft: ExperimentDraft): DraftReading {
  let reading = readings.get(draft);
  if (!reading) readings.set(draft, (reading = parseDraft(draft)));
  return reading;
}

/** The form that shows a sound experiment. What it says is known: neither the form nor the schema is asked again. */
export function draftShowing(experiment: ExperimentConfig): ExperimentDraft {
  const draft = draftOf(experiment);
  readings.set(draft, { experiment: asShown(experiment), faults: [] });
  return draft;
}

/** As the form says it: it has no momentum of Adam's, and no spaces around names. */
function asShown({ lanes, recipe, ...rest }: ExperimentConfig): ExperimentConfig {
  const { optimizer } = recipe;
  const momentum = optimizer.type === 'adam' ? 0 : optimizer.momentum;
  return {
    ...rest,
    lanes: lanes.map((lane) => ({ ...lane, name: lane.name.trim() })),
    recipe: { ...recipe, optimizer: { ...optimizer, momentum } },
  };
}

function parseDraft(draft: ExperimentDraft): DraftReading {
  const { lanes, recipe } = draft;
  try {
    const settings = settingsInput(recipe);
    const experiment = parseExperiment({
      ...settings.experiment,
      lanes: lanes.map((lane) => ({
        id: lane.id,
        name: lane.name.trim(),
        model: modelInput(lane),
        ...(lane.optimizer && { optimizer: { ...lane.optimizer, learningRate: typed(lane.rate) } }),
        ...(lane.warmUp && { warmUp: lane.warmUp }),
        ...(lane.from && { from: lane.from }),
      })),
      recipe: {
        ...settings.recipe,
        ...structuredInput(recipe),
        optimizer: settings.optimizer,
        evaluation: settings.evaluation,
      },
      pace: draft.pace,
    });
    return { experiment, faults: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const faults = error.faults.map((fault) => fieldFault(fault, draft));
    // A field that is wrong in two ways, or a list with two wrong entries, is one thing to mend.
    return {
      experiment: null,
      faults: faults.filter((a, i) => faults.findIndex((b) => b.field === a.field) === i),
    };
  }
}

/** The net of a lane that is being edited; null while it is not sound. */
export function readModel(lane: LaneDraft): ModelConfig | null {
  const input = modelInput(lane);
  if (modelFaults(input).length > 0) return null;
  return { ...input, family: 'cifar', depth: Number(input.depth), width: Number(input.width) };
}

function modelInput({ depth, width, block, shortcut }: LaneDraft) {
  return { depth: typed(depth), width: typed(width), block, shortcut };
}

function settingsInput(recipe: RecipeDraft) {
  return inPlaces(
    ofEachSetting((name) => {
      // What is out of sight, since this optimiser has no such thing, must not be what is wrong.
      if (!isReadBy(name, recipe.optimizer)) return undefined;
      return isNumberName(name) ? typed(recipe[name]) : recipe[name];
    }),
  );
}

/** The settings with a shape of their own. */
function structuredInput(recipe: RecipeDraft) {
  const warmUp = {
    none: undefined,
    steps: { learningRate: typed(recipe.warmUpRate), steps: typed(recipe.warmUpSteps) },
    error: { learningRate: typed(recipe.warmUpRate), untilError: percent(recipe.warmUpError) },
  }[recipe.warmUp];
  return {
    schedule: {
      type: recipe.schedule,
      ...(recipe.schedule === 'steps' && {
        milestones: readNumbers(recipe.milestones) ?? recipe.milestones,
        factor: typed(recipe.factor),
      }),
      ...(warmUp && { warmUp }),
    },
    [recipe.budgetUnit]: typed(recipe.budget),
    normalisation: recipe.normalisation,
  };
}

/** The number, or the text itself, which the schema then refuses at the right place. */
const typed = (text: string): number | string => readNumber(text) ?? text;

function percent(text: string): number | string {
  const number = readNumber(text);
  return number === undefined ? text : number / 100;
}

/** Fields of what has a shape of its own, by the place of their value in the experiment. */
const structuredFields: readonly (readonly [RegExp, TextKey])[] = [
  [/^recipe\.schedule\.milestones/, 'milestones'],
  [/^recipe\.schedule\.factor/, 'factor'],
  [/^recipe\.schedule\.warmUp\.learningRate/, 'warmUpRate'],
  [/^recipe\.schedule\.warmUp\.steps/, 'warmUpSteps'],
  [/^recipe\.schedule\.warmUp\.untilError/, 'warmUpError'],
  [/^recipe\.(steps|epochs|minutes)/, 'budget'],
];

function fieldFault(fault: ConfigFault, draft: ExperimentDraft): FieldFault {
  const place = locate(fault.path, draft);
  if (!place) return { field: 'experiment', written: '', kind: 'refused', detail: fault.message };
  const { field, written } = place;
  const readable = field === 'milestones' ? readNumbers(written) : readNumber(written);
  const kind = written.trim() === '' ? 'empty' : readable === undefined ? 'not-a-number' : 'refused';
  return { field, written, kind, detail: fault.message };
}

function locate(path: string, draft: ExperimentDraft): { field: FieldId; written: string } | undefined {
  const lanePath = /^lanes\.(\d+)\.(?:model\.)?(name|depth|width|optimizer|from)/.exec(path);
  const lane = draft.lanes[Number(lanePath?.[1])];
  if (lanePath && lane) {
    const key = lanePath[2] === 'optimizer' ? 'rate' : (lanePath[2] as LaneField);
    // It is chosen, and not typed.
    if (key === 'from') return { field: `${lane.id}.${key}`, written: String(lane.from?.step ?? '') };
    return { field: `${lane.id}.${key}`, written: lane[key] };
  }
  const key =
    settingNames.filter(isNumberName).find((name) => pathOf(name) === path) ??
    structuredFields.find(([pattern]) => pattern.test(path))?.[1];
  return key && { field: key, written: draft.recipe[key] };
}
