/** The words of files of weights that lanes start from. */
import { cut } from '../../../model/boundedText.ts';
import { isResidual } from '../../../model/depths.ts';
import type { ModelConfig } from '../../../model/config.ts';
import { modelName } from '../../../model/families.ts';
import type { WeightsError } from '../../../model/safetensors.ts';
import { sentence } from '../../ui/format.ts';

const nextSteps: Readonly<Record<WeightsError['fault'], string>> = {
  damaged: 'Save it once more, as safetensors, and try again.',
  tooLarge: 'Save the net\u2019s weights alone, and try again.',
  misfit: 'Choose another lane or another file.',
  notFinite: 'Choose weights that were saved before that.',
};

export function weightsFault(file: string, model: ModelConfig, { fault, message }: WeightsError): string {
  const name = shortName(file);
  const what = fault === 'misfit' ? `${name} is not of ${netText(model)}` : `${name} cannot be used`;
  return `${what}. ${message} ${nextSteps[fault]}`;
}

export const startWeights = {
  set: (lane: string, file: string) => `${lane} starts from ${shortName(file)} with the next Train.`,
  /** What was done to the file's names and numbers. */
  notes: (notes: readonly string[]) => (notes.length === 0 ? '' : `Of the file: ${notes.join('; ')}.`),
  otherNet: (lane: string, file: string, model: ModelConfig) =>
    `${lane} starts from its seed: ${shortName(file)} was chosen for another net (${netText(model)}). Choose a file for this net, or make the lane that net again.`,
  unreadable: (file: string, why: string) =>
    `${shortName(file)} could not be read: ${sentence(why)} Choose it again.`,
};

function netText(model: ModelConfig): string {
  const shortcut = isResidual(model.block) ? `, option ${model.shortcut}` : '';
  const filters = model.width === 1 ? 'one filter' : `${model.width} filters`;
  return `${modelName(model)} with ${filters}, block ${model.block}${shortcut}`;
}

/** A file's name as a sentence can hold it. */
const shortName = (file: string) => cut(file, 80);
