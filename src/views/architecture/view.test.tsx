// @vitest-environment happy-dom
import { fireEvent, render, screen, cleanup } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { LayerContext } from '../../app/inside/layerChoice.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import type { ModelConfig } from '../../model/config.ts';
import { foldings, type ArchitectureQuestion } from './architecture.ts';
import { architectureView } from './architectureView.ts';

afterEach(cleanup);

const net = (
  name: string,
  block: ModelConfig['block'],
  depth: number,
  shortcut: 'A' | 'B' = 'A',
): LookedAt => ({
  id: name,
  name,
  style: { hue: block === 'plain' ? 'plain' : 'residual', tone: 0, marker: 'circle' },
  model: { family: 'cifar', depth, block, shortcut, width: 16 },
  step: 0,
});
const twins = [net('plain-20', 'plain', 20), net('ResNet-20', 'basic', 20)];

function answered(nets: readonly LookedAt[], question: Partial<ArchitectureQuestion> = {}) {
  const asked = architectureView.with(question, null);
  if (!asked?.here) throw new Error('it is computed on the page');
  return asked.answered(nets, asked.here(nets));
}

/** The drawing in a frame that remembers the layer. */
function Framed({ nets, question }: { nets: readonly LookedAt[]; question?: Partial<ArchitectureQuestion> }) {
  const [layer, choose] = useState<string | null>(null);
  return <LayerContext value={{ layer, choose }}>{answered(nets, question).drawing}</LayerContext>;
}

test('twins are said to differ in their shortcuts alone, and are listed layer by layer', () => {
  const { summary, table } = answered(twins);
  expect(summary).toBe(
    'plain-20: 20 layers with weights on the way, 270K parameters, 40.6M multiply-adds an image, no shortcuts. ' +
      'ResNet-20: 20 layers with weights on the way, 270K parameters, 40.6M multiply-adds an image, 9 shortcuts, 2 of them with zeros for new channels. ' +
      'plain-20 and ResNet-20 differ in their shortcuts alone.',
  );
  // 19 convolutions, the mean, the dense layer; two padded shortcuts.
  expect(table.rows).toHaveLength(21 + 23);
  expect(answered([twins[0]!, net('ResNet-56', 'basic', 56)]).summary).not.toContain('alone');
});

test('a layer is chosen by keyboard and by the buttons beside, and what it is in each net is said', () => {
  const { container } = render(<Framed nets={twins} />);
  const slider = screen.getByRole('slider', { name: 'Layer' });
  expect(slider.getAttribute('aria-valuetext')).toBe('none chosen');
  fireEvent.change(slider, { target: { value: '8' } });
  expect(slider.getAttribute('aria-valuetext')).toBe('layer2.0.shortcut, 9 of 23');
  const facts = container.querySelector('.layer-facts');
  expect(facts?.textContent).toContain('plain-20: no such layer.');
  expect(facts?.textContent).toMatch(
    /ResNet-20: .*8 channels of zeros in front and as many behind; 32×32×16 → 16×16×32; no parameters/,
  );
  fireEvent.click(screen.getByRole('button', { name: 'The layer before' }));
  expect(slider.getAttribute('aria-valuetext')).toContain('layer2.0.conv1, 8 of 23');
  expect(facts?.textContent).toMatch(/plain-20 and ResNet-20: 3×3 convolution, padding 1, stride 2; .* 4,672 parameters, 64 of them batch norm’s; 1.18M multiply-adds/); // prettier-ignore
  for (let i = 0; i < 30; i++) fireEvent.click(screen.getByRole('button', { name: 'The layer after' }));
  expect(slider.getAttribute('aria-valuetext')).toBe('linear, 23 of 23');
});

test('a box of the unfolded block is pointed at and chosen', () => {
  const { container } = render(<Framed nets={twins} />);
  const box = [...container.querySelectorAll('.detail-unit')].find(({ textContent }) =>
    textContent.includes('zero channels'),
  );
  fireEvent.pointerEnter(box!);
  expect(container.querySelector('.layer-facts')?.textContent).toContain('layer2.0.shortcut');
  expect(screen.getByRole('slider', { name: 'Layer' }).getAttribute('aria-valuetext')).toBe('none chosen');
  fireEvent.click(box!);
  expect(screen.getByRole('slider', { name: 'Layer' }).getAttribute('aria-valuetext')).toContain(
    'layer2.0.shortcut',
  );
});

test.each(foldings)('nets of any kind are drawn, equal blocks %s', (equal) => {
  const nets = [...twins, net('ResNet-110', 'basic', 110, 'B'), net('bottleneck', 'bottleneck', 29), net('ResNet-1202', 'basic', 1202)]; // prettier-ignore
  for (const unfolded of [true, false]) {
    const { container, unmount } = render(<Framed nets={nets} question={{ equal, unfolded }} />);
    const svg = container.querySelector('svg.view-picture')!;
    expect(svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
    // However deep they are, little is drawn.
    expect(svg.querySelectorAll('*').length).toBeLessThan(600);
    // Identity without a dash, with zeros and projections dotted.
    expect(svg.querySelectorAll('path[stroke-dasharray]').length).toBeGreaterThan(0);
    unmount();
  }
});

test('a net that lacks the chosen block says so', () => {
  const { container } = render(<Framed nets={[twins[0]!, net('plain-56', 'plain', 56)]} />);
  const slider = screen.getByRole('slider', { name: 'Layer' });
  fireEvent.change(slider, { target: { value: '15' } });
  expect(slider.getAttribute('aria-valuetext')).toContain('layer1.7.conv1');
  expect(container.querySelector('svg.view-picture')?.textContent).toContain('plain-20 has no such block');
});
