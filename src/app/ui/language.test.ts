/** Numbers and dates are of the language that the page speaks, whatever the machine's is. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { language } from './format.ts';

test('the language of the messages is that of the document', () => {
  const page = readFileSync(new URL('../../../index.html', import.meta.url), 'utf8');
  expect(/<html lang="([\w-]+)"/.exec(page)?.[1]).toBe(language);
});

test('on a German machine the words and numbers are the same', () => {
  const script = `
    import('./src/app/ui/format.ts').then((format) => console.log(JSON.stringify([
      new Intl.NumberFormat().format(1.5),
      format.integer(64000), format.percent(0.6825), format.duration(80), format.compact(215000),
      format.megabytes(1.5e6), format.calendarDay(new Date('2026-11-21T12:00:00')), format.list(['a', 'b', 'c']),
    ])));`;
  const cwd = fileURLToPath(new URL('../../../', import.meta.url));
  const env = { ...process.env, LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' };
  const told = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], {
    cwd,
    env,
    encoding: 'utf8',
  });
  expect(JSON.parse(told)).toEqual([
    '1,5',
    '64,000',
    '68.3%',
    '1m 20s',
    '215K',
    '1.5',
    'Nov 21, 2026',
    'a, b, and c',
  ]);
});

test('no source formats or orders by the language of the machine', () => {
  const app = new URL('../', import.meta.url);
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.includes('.test.') && file !== 'ui/format.ts',
  );
  const wrong = files.filter((file) =>
    /\bIntl\.|toLocale\w*String|localeCompare|toLocale(Upper|Lower)Case/.test(
      readFileSync(new URL(file, app), 'utf8'),
    ),
  );
  expect(wrong).toEqual([]);
});
