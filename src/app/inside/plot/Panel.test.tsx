import { scaleLinear } from 'd3-scale';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Panel, panelMargin } from './Panel.tsx';
import { DIGIT, TICK_LETTER, TITLE_LETTER } from './wrapped.ts';

/** Where the title and the name of the axis begin, or have their middle, in a panel of this width at the left edge. */
function placed(title: string, xName: string, width: number) {
  const x = scaleLinear([0, 16_000], [panelMargin.left, width - panelMargin.right]);
  const y = scaleLinear([0, 1], [200, 30]);
  const markup = renderToStaticMarkup(
    <svg>
      <Panel title={title} x={x} y={y} xName={xName}>
        {null}
      </Panel>
    </svg>,
  );
  const at = (text: string) => Number(new RegExp(`x="([\\d.]+)"[^>]*>${text}<`).exec(markup)?.[1]);
  return { title: at(title), name: at(xName), last: at('16,000') };
}

test('a title and names that are longer than their axis stay in the picture', () => {
  const [long, wide] = ['Standard deviation of the output after batch norm', 'blocks removed, of those that keep the size of the maps']; // prettier-ignore
  const { title, name, last } = placed(long, wide, 328);
  expect(title).toBeLessThan(panelMargin.left);
  expect(title).toBeGreaterThanOrEqual(0);
  expect(title + long.length * TITLE_LETTER).toBeLessThanOrEqual(328);
  expect(name + (wide.length * TICK_LETTER) / 2).toBeLessThanOrEqual(328);
  expect(last + (6 * DIGIT) / 2).toBeLessThanOrEqual(328);
});

test('those that fit stand where they belong: the title at its axis, the name below its middle', () => {
  expect(placed('Loss', 'step', 328)).toMatchObject({
    title: panelMargin.left,
    name: (panelMargin.left + 328 - panelMargin.right) / 2,
  });
});
