/**
 * The Chrome DevTools Protocol, spoken without Playwright: Playwright holds every page as if it were in front, and here a page is to be
 * behind. Needs Node's WebSocket (`--experimental-websocket` in Node 20).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One target that is spoken to: a page, or a worker of it. */
export interface Attached {
  readonly session: string;
  readonly type: string;
  readonly title: string;
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId?: string; readonly targetInfo?: { type: string; title: string } };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Milliseconds that the browser may take for one answer. */
const PATIENCE = 120_000;

export class Devtools {
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #attached = new Map<string, Attached>();
  #next = 1;

  private constructor(
    private readonly socket: WebSocket,
    private readonly browser: ChildProcess,
    private readonly folder: string,
  ) {
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data)) as Answer));
  }

  /** Starts the browser at `executable` with a profile of its own. */
  static async launch(executable: string, flags: readonly string[]): Promise<Devtools> {
    const folder = mkdtempSync(join(tmpdir(), 'background-'));
    const browser = spawn(
      executable,
      [...flags, '--headless=new', '--no-first-run', `--user-data-dir=${folder}`, '--remote-debugging-port=0', 'about:blank'], // prettier-ignore
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      browser.stderr.on('data', (data: Buffer) => {
        said += data.toString();
        const found = /ws:\/\/\S+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
      browser.once('exit', (code) => reject(new Error(`the browser ended with ${code}: ${said}`)));
    });
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)));
    });
    return new Devtools(socket, browser, folder);
  }

  #hear({ id, method, params, result, error }: Answer): void {
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (waiting && id !== undefined) {
      this.#waiting.delete(id);
      if (error) waiting.reject(new Error(error.message));
      else waiting.resolve(result);
    }
    const session = params?.sessionId;
    if (session === undefined) return;
    if (method === 'Target.detachedFromTarget') this.#attached.delete(session);
    if (method === 'Target.attachedToTarget' && params?.targetInfo) {
      const { type, title } = params.targetInfo;
      this.#attached.set(session, { session, type, title });
    }
  }

  /** Throws what the browser answers where it refuses, and if it says nothing for two minutes. */
  send<T>(method: string, params: object = {}, session?: string): Promise<T> {
    const id = this.#next++;
    return new Promise<T>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${method}: no answer`)), PATIENCE);
      this.#waiting.set(id, {
        resolve: (value) => {
          clearTimeout(late);
          resolve(value as T);
        },
        reject: (error) => {
          clearTimeout(late);
          reject(error);
        },
      });
      this.socket.send(JSON.stringify({ id, method, params, ...(session !== undefined && { sessionId: session }) })); // prettier-ignore
    });
  }

  /** Opens `url` in a tab in front; the session of the page. Its workers are attached as they come. */
  async open(url: string): Promise<{ readonly session: string; readonly target: string }> {
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', { url });
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true }); // prettier-ignore
    await this.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, sessionId); // prettier-ignore
    return { session: sessionId, target: targetId };
  }

  /** The workers that live. */
  get workers(): readonly Attached[] {
    return [...this.#attached.values()].filter(({ type }) => type === 'worker');
  }

  /** The value of an expression there, awaited. Throws what it throws. */
  async evaluate<T>(session: string, expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send<{
      result: { value: T };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true, userGesture: true },
      session,
    );
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Bytes of live JavaScript objects there, after a garbage collection. */
  async heap(session: string): Promise<number> {
    await this.send('HeapProfiler.collectGarbage', {}, session);
    const { usedSize } = await this.send<{ usedSize: number }>('Runtime.getHeapUsage', {}, session);
    return usedSize;
  }

  close(): void {
    this.socket.close();
    this.browser.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
