import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLink, decodeExperiment } from './link.ts';
import { LinkError } from './linkError.ts';
import { decodeView, encodeView, type ViewLink } from './linkView.ts';

const plain: ViewLink = { view: 'signal', question: {}, nets: null, step: null, layer: null };
const links: readonly (readonly [ViewLink, string])[] = [
  [plain, '1signal'],
  [{ ...plain, question: { order: 'size' } }, '1signal;qorder_ssize'],
  [
    { view: 'cut', question: { study: 'pressed', again: false, pressed: [[3], [2, 14]] }, nets: [0, 2], step: 32000, layer: 'layer2.0.conv1' }, // prettier-ignore
    '1cut;qstudy_spressed_again_x_pressed_a2_a1_d3_a2_d2_d14;na2_d0_d2;d32000;llayer2.0.conv1',
  ],
  [
    { ...plain, view: 'landscape', question: { radius: 0.25, step: null, of: { x: -1e-7 } }, nets: ['shipped plain-20'] }, // prettier-ignore
    '1landscape;qradius_d0.25_step_z_of_o1_x_d-1e-7;na1_sshipped~0020plain-20',
  ],
];

test.each(links)('version 1 is written and read for ever: %#', (link, text) => {
  expect(encodeView(link)).toBe(text);
  expect(decodeView(text)).toEqual(link);
});

const anyValue = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }).filter((value) => !/-0(?![.\d])|"[^"]{200,}"/.test(JSON.stringify(value))); // prettier-ignore
const anyView: fc.Arbitrary<ViewLink> = fc.record({
  view: fc.constantFrom('signal', 'gradCam', 'architecture'),
  question: fc.dictionary(fc.string({ maxLength: 20 }), anyValue, { maxKeys: 5, noNullPrototype: true }),
  nets: fc.option(fc.array(fc.oneof(fc.nat(15), fc.string({ maxLength: 40 })), { maxLength: 8 })),
  step: fc.option(fc.nat()),
  layer: fc.option(fc.string({ maxLength: 40 })),
});

test('whatever a view asks comes back, and nothing of it is what mail changes', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const text = encodeView(view);
      expect(text).toMatch(/^1[\w;.~-]*[a-z\d]$/i);
      expect(JSON.parse(JSON.stringify(decodeView(text)))).toEqual(JSON.parse(JSON.stringify(view))); // prettier-ignore
    }),
    { numRuns: 500 },
  );
});

test.each([
  ...[
    '',
    '1',

    'signal',
    '1;q',
    '1signal;',
    '1signal;q',
    '1signal;qorder',
    '1signal;qorder_',
    '1signal;qorder_w1',
  ],
  ...[
    '1signal;qorder_d',
    '1signal;qorder_dx',
    '1signal;qa_a9_z',
    '1signal;qa_a99999999_z',
    '1signal;qa_o1_b',
    '1signal;qa_z1',
  ],
  ...[
    '1signal;qa_z_a_z',
    '1signal;na1_x',
    '1signal;na1_d-1',
    '1signal;na1_d0.5',
    '1signal;nd1',
    '1signal;d-1',
    '1signal;d0.5',
  ],
  ...[
    '1signal;d1;d2',
    '1signal;x1',
    '1signal;l~12',
    '1sig nal',
    `1signal;q${'a_'.repeat(40)}z`,
    `1signal;l${'a'.repeat(300)}`,
  ],
  `1signal;qa_${'a1_'.repeat(20)}z`,
])('%j is refused as damaged', (text) => {
  expect(() => decodeView(text)).toThrow(LinkError);
  expect(() => decodeView(text)).toThrow(/unreadable/);
});

test('a later version is told from damage', () => {
  expect(() => decodeView('2signal;of a later form')).toThrow(/^version: 2/);
});

const experiment = '#e=1p20,r20~A%26view%3D1signal;n300;s7';
const name = 'A&view=1signal';
describe('behind an experiment', () => {
  const view = '1cut;qstudy_sdial;d300';
  test.each([
    ['as it is', `${experiment}&view=${view}`],
    ['with what programs add', `${experiment}&view=${view}&utm_source=mail).`],
    ['behind what programs add', `${experiment}&utm_source=mail&view=${view}`],
    ['as HTML has it', `${experiment}&amp;view=${view}`],
    ['encoded', `#${encodeURIComponent(`${experiment.slice(1)}&view=${view}`)}`],
    ['encoded twice', `#${encodeURIComponent(encodeURIComponent(`${experiment.slice(1)}&view=${view}`))}`],
    ['encoded alone', `${experiment}${encodeURIComponent(`&view=${view}`)}`],
    ['with its semicolons encoded', `${experiment}&view=${view.replaceAll(';', '%3B')}`],
    ['with a full stop', `${experiment}&view=${view}.`],
  ])('a view is read %s', (_, hash) => {
    const link = decodeLink(hash);
    expect(link.view).toBe(view);
    expect([link.experiment.lanes[1]?.name, link.experiment.recipe.seed]).toEqual([name, 7]);
  });

  test('without one, there is none, whatever a net is called', () => {
    expect(decodeLink(experiment).view).toBeNull();
    expect(decodeLink(`#${encodeURIComponent(experiment.slice(1))}`).view).toBeNull();
    expect(decodeLink(`${experiment}&utm_view=1signal`).view).toBeNull();
  });

  test('one that is damaged takes nothing of the experiment with it', () => {
    for (const tail of [
      '&view=',
      '&view=1',
      '&view=;;;',
      '&view=%',
      '&view=1signal;q_',
      '&view=9x',
      `&view=${'a'.repeat(5000)}`,
    ]) {
      const link = decodeLink(experiment + tail);
      expect(link.experiment).toEqual(decodeExperiment(experiment));
      expect(link.view).not.toBeNull();
    }
  });
});
