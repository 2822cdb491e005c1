import { ViewSwitch } from '../../app/inside/ViewSwitch.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { BlockRow } from './BlockRow.tsx';
import { MOST_REMOVED, studies, type CutQuestion } from './cut.ts';
import './cut.css';
import { cut as words } from './enCut.ts';

interface Props {
  readonly question: CutQuestion;
  readonly change: (question: CutQuestion) => void;
  readonly nets: readonly LookedAt[];
}

/** What is done to the nets, and the nets themselves as rows of blocks. */
export function CutSettings({ question, change, nets }: Props) {
  const { study, again, most, pressed } = question;
  const isPressable = study === 'each' || study === 'pressed';
  const press = (net: number, block: number) => {
    const own = pressed[net] ?? [];
    const next = own.includes(block) ? own.filter((one) => one !== block) : [...own, block];
    change({
      ...question,
      pressed: nets.map((_, i) => (i === net ? next.sort((a, b) => a - b) : (pressed[i] ?? []))),
    });
  };
  return (
    <div className="cut-settings">
      <ViewSwitch
        legend={words.study}
        values={studies}
        chosen={study}
        label={(one) => words.studies[one]}
        choose={(one) => change({ ...question, study: one })}
      />
      {study === 'random' && (
        <label>
          {words.most}{' '}
          <input
            type="range"
            min={1}
            max={MOST_REMOVED}
            value={most}
            onChange={({ target }) => change({ ...question, most: Number(target.value) })}
          />{' '}
          {most} {words.blocks}
        </label>
      )}
      {(isPressable || study === 'dial') && (
        <label className="field-check">
          <input
            type="checkbox"
            checked={again}
            onChange={({ target }) => change({ ...question, again: target.checked })}
          />
          {words.again}
        </label>
      )}
      {isPressable && (
        <>
          <p className="field-hint">{study === 'each' ? words.press : words.pressTogether}</p>
          {nets.map((net, i) => (
            <BlockRow
              key={net.id}
              net={net}
              pressed={pressed[i] ?? []}
              onPress={(block) => press(i, block)}
            />
          ))}
        </>
      )}
    </div>
  );
}
