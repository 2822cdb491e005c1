import { useState, type MouseEvent } from 'react';
import { useApp } from '../../state/hooks/AppContext.ts';
import { picture as words } from './enPicture.ts';
import { saving } from '../../ui/enSaving.ts';
import type { CurveSource } from '../sources/curveSources.ts';
import type { ChartSpace } from '../reading/chartSpace.ts';
import { momentOf } from '../../ui/saveFile.ts';
import { createPart } from '../../ui/parts/part.ts';
import type { Quantity } from '../quantities.ts';

/** What draws pictures comes when the first is wanted. */
const drawing = createPart('saveChart', () => import('./saveChart.ts'));

const kinds = ['svg', 'png'] as const;

interface Props {
  readonly quantity: Quantity;
  readonly title: string;
  readonly space: ChartSpace;
  /** What is drawn while drawing is paused. */
  readonly frozen: readonly CurveSource[] | null;
  /** What the curves show, in one sentence: the picture's title. */
  readonly headline: string | null;
}

/** Two small buttons beside a chart's title: the chart as a picture. */
export function ChartSave({ quantity, title, space, frozen, headline }: Props) {
  const { store } = useApp();
  const [said, setSaid] = useState('');
  /** What a person has to see, and whether the other kind of picture helps. */
  const [trouble, setTrouble] = useState<{ readonly text: string; readonly offersSvg: boolean } | null>(null);
  const save = async (kind: (typeof kinds)[number], { timeStamp }: MouseEvent) => {
    setTrouble(null);
    try {
      drawing.retry();
      const { saveChart } = await drawing.load();
      const shown = { state: store.getState(), zoom: space.zoom.getState(), frozen, headline };
      setSaid(saving.saved(await saveChart(quantity, kind, shown, momentOf({ timeStamp }))));
    } catch (error) {
      setSaid('');
      const offersSvg = error instanceof Error && error.name === 'PixelsError';
      const why = error instanceof Error ? error.message : String(error);
      setTrouble({ text: offersSvg ? words.noise : saving.failed(title, why), offersSvg });
    }
  };
  return (
    <>
      <span className="chart-save">
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-label={words.save(title, kind.toUpperCase())}
            title={words.save(title, kind.toUpperCase())}
            onClick={(event) => void save(kind, event)}
          >
            {kind.toUpperCase()}
          </button>
        ))}
        <span className="visually-hidden" role="status">
          {said}
        </span>
      </span>
      {/* Always there, so that what comes into it is told. */}
      <div className="chart-trouble" role="status">
        {trouble && (
          <p>
            {trouble.text}{' '}
            {trouble.offersSvg && (
              <button type="button" className="button-small" onClick={(event) => void save('svg', event)}>
                {words.svgInstead}
              </button>
            )}{' '}
            <button type="button" className="button-small" onClick={() => setTrouble(null)}>
              {words.dismiss}
            </button>
          </p>
        )}
      </div>
    </>
  );
}
