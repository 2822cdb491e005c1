/** A browser with a profile of its own that outlives it: it can be closed, killed and opened again. */
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { launchOptions, SOFTWARE_WEBGPU } from '../browser.ts';
import { intoPage, intoWorker } from './injected.ts';

export interface HomeOptions {
  readonly executable: string;
  readonly url: string;
  readonly webgpu: boolean;
  readonly say: (line: string) => void;
}

export class Home {
  readonly #folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  #context: BrowserContext | null = null;
  #page: Page | null = null;

  constructor(readonly options: HomeOptions) {}

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the browser is not open');
    return this.#context;
  }

  get page(): Page {
    if (!this.#page) throw new Error('no page is open');
    return this.#page;
  }

  /** Starts the browser and opens `address` in it. */
  async open(address = this.options.url): Promise<void> {
    const { executable, webgpu } = this.options;
    this.#context = await chromium.launchPersistentContext(this.#folder, {
      ...launchOptions(executable, webgpu ? SOFTWARE_WEBGPU : []),
      viewport: { width: 1280, height: 800 },
      ...(webgpu && { serviceWorkers: 'block' as const }),
    });
    await this.#context.addInitScript(intoPage);
    if (webgpu) {
      await this.#context.route('**/trainWorker*.js', async (route) => {
        try {
          const response = await route.fetch();
          await route.fulfill({ response, body: `${intoWorker}\n${await response.text()}` });
        } catch (error) {
          // The page that asked may be closed by now.
          this.options.say(
            `  a worker’s script did not come: ${error instanceof Error ? error.message : String(error)}`,
          );
        }
      });
    }
    await this.openPage(address);
  }

  /** A page in place of the one before, which may have crashed. */
  async openPage(address = this.options.url): Promise<void> {
    const before = this.#page;
    const page = await this.context.newPage();
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    page.on('pageerror', (error) => this.options.say(`  the page threw: ${error.message}`));
    page.setDefaultTimeout(60_000);
    this.#page = page;
    await page.goto(address);
    await before?.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
    this.#page = null;
  }

  /** SIGKILL: nothing of the browser hears of it. */
  async kill(): Promise<void> {
    // Chromium holds its profile by a link to `host-pid` (Linux and macOS).
    const pid = Number(/-(\d+)$/.exec(readlinkSync(join(this.#folder, 'SingletonLock')))?.[1]);
    const closed = new Promise((resolve) => this.context.once('close', resolve));
    process.kill(pid, 'SIGKILL');
    await closed;
    this.#context = null;
    this.#page = null;
  }

  async dispose(): Promise<void> {
    await this.close().catch(() => undefined);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
