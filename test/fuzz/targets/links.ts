/** Links: src/model/link.ts, and what the form makes of them. */
import fc from 'fast-check';
import { draftOf } from '../../../src/app/state/draft.ts';
import { readDraft } from '../../../src/app/state/readDraft.ts';
import { linkFaultText } from '../../../src/app/experiment/link/linkFaultText.ts';
import { parseExperiment } from '../../../src/model/config.ts';
import { decodeExperiment, decodeLink, encodeExperiment } from '../../../src/model/link.ts';
import { LinkError } from '../../../src/model/linkError.ts';
import { decodeView, encodeView } from '../../../src/model/linkView.ts';
import { meansExperiment } from '../../../src/model/linkText.ts';
import { anyExperiment } from '../../../src/model/testing/anyExperiment.ts';
import { mustBeTaken, mustEqual, reading, Violation, type FuzzTarget } from '../fuzz.ts';
import { mutatedText } from '../mutations.ts';

const sound = anyExperiment.map((one) => `#${encodeExperiment(one)}`);
const short = fc.constantFrom(
  ...[
    '#e=1p20x8,p56x8;n300;b64',
    '#e=1r56,r20;n300;s7',
    '#e=1b11C~A%26B@a;e1;r;u0.01_0.8;z',
    '#e=1p8!a0.1_0_0k;m2',
    '#e=1p20,r20:1_30,p20:2_40_n700_b32_s9_a0@x;n300',
  ],
);
/** Views into the nets, behind an experiment. */
const views = fc
  .record({
    view: fc.constantFrom('signal', 'cut', 'gradCam', 'architecture'),
    question: fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }),
    nets: fc.option(fc.array(fc.oneof(fc.nat(20), fc.string({ maxLength: 20 })), { maxLength: 6 })),
    step: fc.option(fc.nat()),
    layer: fc.option(fc.string({ maxLength: 20 })),
  })
  .map((view) => `&view=${encodeView(view)}`);
const withView = fc.tuple(fc.oneof(sound, short), views).map(([link, view]) => link + view);
const pieces = [
  ...['&view=', '&amp;view=1', '%26view%3D1', ';q', ';n', ';l', '_a9', '_o2', '_a2_a2_', '~0041', '~', '_z'],
  ...[
    'e=',
    '=',
    ';',
    ',',
    '_',
    '~',
    '@',
    '!',
    'x',
    'k',
    '%25',
    '%3B',
    '%2C',
    '%0A',
    '&amp;',
    '&utm_source=x',
    '?a=b',
  ],
  ...[')', ']', '>', ';n3', ';s', ';g20', ',p8', ',r20x4', '1e999', '-0', '\u200b', 'p8,'.repeat(1500)],
];
const encoded = (links: fc.Arbitrary<string>) =>
  fc.oneof(
    { arbitrary: links, weight: 3 },
    {
      arbitrary: links.map((link) => `#${encodeURIComponent(link.slice(1).replace(/\p{Surrogate}/gu, ''))}`),
      weight: 1,
    },
  );

export const links: FuzzTarget = {
  name: 'links',
  inputs: encoded(mutatedText(fc.oneof(sound, short, withView), pieces)),
  async attempt(input) {
    const hash = String(input);
    const read = await reading(() => {
      meansExperiment(hash);
      return decodeLink(hash);
    }, LinkError);
    if (!read) {
      await reading(() => {
        try {
          decodeExperiment(hash);
        } catch (error) {
          if (!(error instanceof LinkError)) throw error;
          const said = linkFaultText({ kind: error.kind, detail: error.detail, isDefault: true });
          if (said.length >= 1000) throw new Violation('the page says more than 1,000 characters');
        }
      });
      return false;
    }
    const { experiment: value, view } = read.value;
    const shown = view === null ? null : await reading(() => decodeView(view), LinkError);
    if (shown) {
      const link = `${encodeExperiment(value)}&view=${mustBeTaken('the writer of views', () => encodeView(shown.value))}`;
      const again = mustBeTaken('the reader of links', () => decodeLink(link));
      mustEqual(
        'its view',
        mustBeTaken('the reader of views', () => decodeView(again.view ?? '')),
        shown.value,
      );
      mustEqual('the experiment in front of its view', again.experiment, value);
    }
    mustBeTaken('the schema', () => parseExperiment(value));
    const link = mustBeTaken('the writer of links', () => encodeExperiment(value));
    mustEqual(
      'its link',
      mustBeTaken('the reader of links', () => decodeExperiment(link)),
      value,
    );
    const { experiment, faults } = readDraft(draftOf(value));
    if (!experiment)
      throw new Violation(`was taken, and then the form refused it: ${JSON.stringify(faults[0])}`);
    mustBeTaken('the link of the form', () => decodeExperiment(encodeExperiment(experiment)));
    return true;
  },
};
