/** WebKitGTK as Debian has it: MiniBrowser under Xvfb, driven by plain WebDriver (https://www.w3.org/TR/webdriver2/). */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { readFiles } from './readFiles.ts';
import { until, type WalkDriver } from './walkDriver.ts';

export interface WebKitGtk {
  readonly driver: string;
  readonly browser: string;
  readonly display: string;
}

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const answerSchema = v.object({ value: v.unknown() });
const faultSchema = v.object({ error: v.string(), message: v.string() });
const sessionSchema = v.object({
  sessionId: v.string(),
  capabilities: v.object({ browserVersion: v.string() }),
});
const elementSchema = v.object({ [ELEMENT]: v.string() });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Asks the driver; throws its fault. */
async function ask(base: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(120_000),
  });
  const { value } = v.parse(answerSchema, await response.json());
  if (response.ok) return value;
  const { error, message } = v.parse(faultSchema, value);
  throw new Error(`${path}: ${error}: ${message}`);
}

/** An X server that shows nothing; it says on which display. */
async function startDisplay(
  program: string,
): Promise<{ readonly process: ChildProcess; readonly name: string }> {
  const process = spawn(program, ['-displayfd', '3', '-screen', '0', '1400x1100x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const name = await new Promise<string>((done, fail) => {
    process.once('error', fail);
    process.once('exit', (code) => fail(new Error(`Xvfb ended with status ${code ?? 'none'}`)));
    process.stdio[3]?.once('data', (number: Buffer) => done(`:${number.toString().trim()}`));
  });
  return { process, name };
}

/** Throws if the browser does not start. */
export async function openWebKitGtk(programs: WebKitGtk): Promise<WalkDriver> {
  // MiniBrowser saves what is downloaded in the home folder.
  const home = mkdtempSync(join(tmpdir(), 'walk-'));
  const children: ChildProcess[] = [];
  const end = () => {
    for (const child of children.reverse()) child.kill();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const display = await startDisplay(programs.display);
    children.push(display.process);
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const env = {
      ...process.env,
      HOME: home,
      DISPLAY: display.name,
      LIBGL_ALWAYS_SOFTWARE: '1',
      LANG: 'C.UTF-8',
    };
    const driver = spawn(programs.driver, [`--port=${port}`], { stdio: 'ignore', env });
    driver.once('error', () => undefined); // then it never answers
    children.push(driver);
    const answers = () =>
      ask(base, 'GET', '/status').then(
        () => true,
        () => false,
      );
    await until('WebKitWebDriver answers', 30, answers);
    const options = { binary: programs.browser, args: ['--automation'] };
    const { sessionId, capabilities } = v.parse(
      sessionSchema,
      await ask(base, 'POST', '/session', {
        capabilities: { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options } },
      }),
    );
    const session = `${base}/session/${sessionId}`;
    const run = (script: string, ...args: unknown[]) =>
      ask(session, 'POST', '/execute/sync', { script, args });
    return {
      browser: `WebKitGTK ${capabilities.browserVersion}`,
      open: async (url) => {
        await ask(session, 'POST', '/url', { url });
      },
      evaluate: (inPage) => run(`return (${inPage.toString()})()`),
      async press(name) {
        let found: unknown = null;
        await until(`the button ${name}`, 60, async () => {
          found = await run(
            `return [...document.querySelectorAll('button')].find((one) =>
              (one.getAttribute('aria-label') ?? one.textContent).trim() === arguments[0] &&
              !one.disabled && one.checkVisibility()) ?? null`,
            name,
          );
          return found !== null;
        });
        await ask(session, 'POST', `/element/${v.parse(elementSchema, found)[ELEMENT]}/click`, {});
      },
      saved: () => readFiles(home),
      screenshot: async () =>
        Buffer.from(v.parse(v.string(), await ask(session, 'GET', '/screenshot')), 'base64'),
      async close() {
        try {
          await ask(session, 'DELETE', '');
        } finally {
          end();
        }
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
