/**
 * Words stand alone, so that a second language is a second set of files: texts, and functions that put made values into a text. They
 * import types, formats and other words; they choose a word by a value, and compute, search and take apart nothing.
 */
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

/** What a text names of the model: constants, for which settings there are words, and whether a net has shortcuts. */
const named = ['MOST_LINK', 'ERROR_MEAN_STEPS', 'ofEachSetting', 'isResidual'];

/** Functions that are given with the facts: the colour of a side's number, and words that a thing has of its own. */
const given: Readonly<Record<string, readonly string[]>> = {
  'verdict/enVerdict.ts': ['isSettingName', 'inColour', 'ownWords'],
};

const parsed = (file: string) =>
  ts.createSourceFile(file, readFileSync(new URL(file, app), 'utf8'), ts.ScriptTarget.Latest, true);

/** The names of values that a file imports from where words should not. */
function strangers(source: ts.SourceFile): readonly string[] {
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

/** What a text does with its values: a phrase for each of them, side by side; and what case its language has for it. */
const PHRASES = ['map', 'join', 'toLowerCase'];
/** `+` joins texts, and is looked at by its sides. */
const ARITHMETIC = [
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
];
const LOOPS = [
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
];
const isText = (node: ts.Expression) =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);

/**
 * Whether this calls a function among words: one of this file, given, or imported, which {@link strangers} looks at; but no
 * method of a value (`names.filter`) and none of the platform (`Math.max`, `Number`).
 */
function isCallOfWords(called: ts.Expression, own: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(called)) return own.has(called.text);
  if (ts.isElementAccessExpression(called)) return isOfWords(called.expression, own);
  if (!ts.isPropertyAccessExpression(called)) return false;
  return PHRASES.includes(called.name.text) || isOfWords(called.expression, own);
}
function isOfWords(node: ts.Expression, own: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node)) return own.has(node.text);
  const isPart = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  return isPart && isOfWords(node.expression, own);
}

/** The names of a file's own words and functions, and of those that it imports. */
function ownNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: ts.BindingName) => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportSpecifier(node) || ts.isFunctionDeclaration(node)) {
      if (node.name) names.add(node.name.text);
    } else if (ts.isVariableDeclaration(node) && isWordsOrFunction(node.initializer)) add(node.name);
    else if (ts.isParameter(node) && node.type && ts.isFunctionTypeNode(node.type)) add(node.name);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
function isWordsOrFunction(node: ts.Expression | undefined): boolean {
  if (!node) return false;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isWordsOrFunction(node.expression);
  return ts.isObjectLiteralExpression(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

/** What computes, searches or takes apart in a file of words, each by its name or sign. */
function logicIn(source: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const own = ownNames(source);
  const visit = (node: ts.Node): void => {
    if (LOOPS.includes(node.kind)) found.push('a loop');
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.Const)) found.push('a variable');
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    if (ts.isClassLike(node)) found.push('a class');
    // A table by keys that are no texts.
    if (ts.isNewExpression(node) && node.expression.getText() !== 'Map')
      found.push(`new ${node.expression.getText()}`);
    if (ts.isBinaryExpression(node)) {
      const { left, right, operatorToken } = node;
      const isSum = operatorToken.kind === ts.SyntaxKind.PlusToken;
      if (ARITHMETIC.includes(operatorToken.kind) || (isSum && !isText(left) && !isText(right)))
        found.push(operatorToken.getText());
    }
    if (ts.isCallExpression(node) && !isCallOfWords(node.expression, own)) {
      const called = node.expression;
      found.push(ts.isPropertyAccessExpression(called) ? called.name.text : called.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test('there are words to look at', () => {
  expect(files.length).toBeGreaterThan(20);
});

test.each(files)('%s imports types, formats and words alone', (file) => {
  const allowed = [...named, ...(given[file] ?? [])];
  expect(strangers(parsed(file)).filter((name) => !allowed.includes(name))).toEqual([]);
});

test.each(files)('%s chooses words by values, and computes none', (file) => {
  const allowed = given[file] ?? [];
  expect(logicIn(parsed(file)).filter((name) => !allowed.includes(name))).toEqual([]);
});

test.each([
  ['export const a = (x: number) => `${2 * x}`;', ['*']],
  ['export const a = (x: number, y: number) => x + y;', ['+']],
  ['export const a = (x: string) => "so: " + x;', []],
  ['export const a = (all: readonly string[]) => all.filter(Boolean).join(", ");', ['filter']],
  ['export const a = (x: number) => Math.round(x);', ['round']],
  ['export const a = (x: string) => Number(x) > 1;', ['Number']],
  ['export const a = (x: string) => /^a/.test(x);', ['test', '/^a/']],
  ['export const a = (x: string[]) => { for (const y of x) return y; };', ['a loop']],
  ['export const a = (day: string) => `${new Date(day)}`;', ['new Date']],
  ['const names = { x: () => "" }; export const a = (key: "x") => names[key]();', []],
  ['export const a = (x: number) => ({ 1: "one" })[x] ?? (x > 1 ? "many" : "none");', []],
  ['export const a = (fit: (x: string) => string) => fit("x");', []],
])('what counts as computing: %s', (text, found) => {
  expect(logicIn(ts.createSourceFile('en.ts', text, ts.ScriptTarget.Latest, true))).toEqual(found);
});
