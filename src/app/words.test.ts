/** Words stand alone, so that a second language is a second set of files: they import types, formats and other words. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const app = new URL('./', import.meta.url);
const isWords = (file: string) =>
  /^en[A-Z]\w*\.ts$/.test(basename(file)) && file !== 'charts/plot/endLabels.ts';
const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(isWords);

/** How numbers and cut texts are written, and the names of nets, which are the same in every language. */
const shared = /\/(ui\/format|format|boundedText|families)\.ts$/;

/** What a text names of the model: constants, and which settings there are. */
const named = [
  'MOST_LINK',
  'ERROR_MEAN_STEPS',
  'settingNames',
  'recipeKeys',
  'isSettingName',
  'ofEachSetting',
  'isResidual',
];
/** Logic that is still to move out of them. */
const owed: Readonly<Record<string, readonly string[]>> = {
  'experiment/form/enSettings.ts': ['paperSetting', 'totalSteps'],
  'runs/enRecipe.ts': ['rowOf'],
};

/** The names of values that a file imports from where words should not. */
function strangers(file: string): readonly string[] {
  const text = readFileSync(new URL(file, app), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const from = statement.moduleSpecifier.text;
    const clause = statement.importClause;
    if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || shared.test(from) || isWords(from)) return [];
    const names = clause?.namedBindings;
    if (!names || !ts.isNamedImports(names)) return [from];
    return names.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text);
  });
}

test('there are words to look at', () => {
  expect(files.length).toBeGreaterThan(20);
});

test.each(files)('%s imports types, formats and words alone', (file) => {
  const allowed = [...named, ...(owed[file] ?? [])];
  expect(strangers(file).filter((name) => !allowed.includes(name))).toEqual([]);
});
