/** What every text of the page has in common, read off the sources; and texts that are put together, put together. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { questions } from './experiment/enExperiment.ts';
import { linkFaultText } from './experiment/link/linkFaultText.ts';
import { saving } from './ui/enSaving.ts';
import { parts } from './ui/parts/enParts.ts';
import { faultFacts, faultOf } from './ui/parts/partFault.ts';
import { recordings } from './exchange/recordings/enRecordings.ts';
import { milestone } from './session/enSession.ts';
import { sentence } from './ui/format.ts';
import { PartError } from './ui/parts/partError.ts';

interface Text {
  readonly at: string;
  /** With a "#" for what is put in. */
  readonly text: string;
}

const root = new URL('../', import.meta.url);

/** Every string and template of the sources below the folders of src, but for tests. */
function textsOf(folders: readonly string[]): readonly Text[] {
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\.d\.ts|\/testing\//.test(file)),
  );
  return files.flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(new URL(file, root), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const found: Text[] = [];
    const visit = (node: ts.Node): void => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      const at = `${file}:${line + 1}`;
      if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
        found.push({ at, text: node.text });
      else if (ts.isTemplateExpression(node)) {
        found.push({
          at,
          text: [node.head, ...node.templateSpans.map(({ literal }) => literal)]
            .map(({ text }) => text)
            .join('#'),
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

const messages = textsOf(['app']).filter(({ at }) => /\/en[A-Z]?\w*\.ts:/.test(at));
const told = textsOf(['app', 'client', 'protocol', 'workers', 'training', 'data', 'model', 'kernels']);

test('there are texts to look at', () => {
  expect(messages.length).toBeGreaterThan(300);
  expect(told.length).toBeGreaterThan(messages.length);
});

test('no text has two full stops', () => {
  const wrong = told.filter(({ text }) => /(^|[^.])\.\.($|[^./])/.test(text.replace(/\.\.?\/[\w./-]*/g, '')));
  expect(wrong).toEqual([]);
});

/** What only those who build or set up the page can do something with: their commands, their options, and where their files lie. */
const forDevelopers =
  /\b(npm|npx|yarn|pnpm|pip|git|node|tsx|vite)( [a-z-]+|\b:)|(^|\s)--[a-z]|\b(src|cli|scripts|docs|public|node_modules|dist)\/|localhost:\d|\bREADME\b/;

test('no text that a visitor reads has a command, an option or a folder of those who built the page', () => {
  expect(told.filter(({ text }) => /\s/.test(text) && forDevelopers.test(text))).toEqual([]);
});

test.each([
  ['There are no images: build them with npm run data.', true],
  ['Start it again: node cli/train.ts', true],
  ['Set --backend cpu, or load the page again.', true],
  ['The list is missing in public/datasets.', true],
  ['Clone it: git clone https://example.org/x', true],
  ['See the README.', true],
  ['The server has no index.json. Load the page again, or tell whoever serves it.', false],
  ['Asked for in the address of this page (?backend=).', false],
  ['A net without shortcuts, 0.1 - 0.2, plain--56', false],
])('what is for developers: %s', (text, isOne) => {
  expect(forDevelopers.test(text)).toBe(isOne);
});

test('titles ask, and results answer: every experiment is a question', () => {
  expect(Object.values(questions).filter((question) => !/^[^.!]*\?$/.test(question))).toEqual([]);
});

test('a text of several sentences ends like one', () => {
  const unended = messages.filter(({ text }) => {
    const isSentences = /[a-z%)\u201d][.?!] [A-Z]/.test(text) && /^[A-Z#\u201c]/.test(text);
    return isSentences && !/[.!?\u2026:#]$/.test(text.trim());
  });
  expect(unended).toEqual([]);
});

test('what others wrote becomes a sentence with one end', () => {
  expect(
    ['Failed to fetch', 'It broke.', 'It broke..', 'Why?', 'Wait\u2026', 'It said "no."', ' a '].map(
      sentence,
    ),
  ).toEqual(['Failed to fetch.', 'It broke.', 'It broke.', 'Why?', 'Wait\u2026', 'It said "no."', 'a.']);
});

test('texts that are put together end in one full stop', () => {
  const whole = [
    ...(['completed', 'stopped', 'diverged', 'error'] as const).map((reason) =>
      milestone({ kind: 'ended', name: 'plain-20', step: 40, reason }),
    ),
    linkFaultText({ kind: 'refused', detail: 'depth: 21 is none.', isDefault: true }),
    linkFaultText({ kind: 'refused', detail: 'depth: 21', isDefault: true }),
    saving.failed('Error, %', 'the canvas is tainted'),
    saving.failed('Error, %', 'The canvas is tainted.'),
    recordings.failed('The list did not arrive'),
    ...(['unreachable', 'missing', 'late', 'broken'] as const).map((fault) => {
      const error = new PartError(fault, 'assets/RunsTable-1a2b3c4d.js');
      expect(faultOf(error)).toBe(fault);
      return `${parts.failed('RunsTable', fault)} ${parts.why[fault](faultFacts(error))}`;
    }),
    `${parts.failed('lanes', 'failed')} ${parts.why.failed(faultFacts(new Error('x is undefined')))}`,
  ];
  for (const text of whole) {
    expect(text).toMatch(/[^.]\.$/);
    expect(text).not.toMatch(/\.\.|[a-z] [A-Z][a-z]+ (else|on this)/);
  }
});
