import { isImageNetDepth, isResidual, nearestDepths, type Block } from '../../model/depths.ts';
import { hints, labels } from '../experiment/form/enSettings.ts';
import { fieldTerms } from '../runs/fieldTerms.ts';
import { readNumber } from '../state/readDraft.ts';
import { TextField } from '../ui/Field.tsx';
import { joined } from '../ui/format.ts';
import { commonDepths } from './commonDepths.ts';

interface Props {
  readonly id: string;
  readonly block: Block;
  /** As it was typed. */
  readonly depth: string;
  readonly fault: string | undefined;
  readonly onChange: (depth: string) => void;
}

/** A depth, typed or chosen. One that the family does not have stays as it is, is explained, and the nearest are offered. */
export function DepthField({ id, block, depth, fault, onChange }: Props) {
  const typed = readNumber(depth);
  const isImpossible = fault !== undefined && typed !== undefined;
  const namesake =
    isResidual(block) && typed !== undefined && isImageNetDepth(typed) ? hints.imageNet(typed) : '';
  const choices = isImpossible ? nearestDepths(block, typed) : commonDepths[block];
  return (
    <TextField
      id={id}
      label={labels.depth}
      term={fieldTerms.depth}
      inputMode="numeric"
      value={depth}
      fault={fault}
      hint={fault === undefined ? joined('. ', hints.depth[block], namesake) : undefined}
      onChange={onChange}
    >
      <div className="choices">
        {choices.map((choice) => (
          <button
            key={choice}
            type="button"
            className="button-small"
            aria-pressed={typed === choice}
            onClick={() => onChange(String(choice))}
          >
            {isImpossible ? hints.depthChoice(choice) : choice}
          </button>
        ))}
      </div>
    </TextField>
  );
}
