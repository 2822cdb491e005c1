/** What a test puts into the page and its workers, so that it can break them. None of it is in the product. */

declare global {
  interface Window {
    /** The page's living workers by their names, the latest last. */
    chaosWorkers: { readonly name: string; readonly worker: Worker }[];
  }
}

export function intoPage(): void {
  window.chaosWorkers = [];
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      window.chaosWorkers.push({ name: options?.name ?? '', worker: this });
    }

    override terminate(): void {
      window.chaosWorkers = window.chaosWorkers.filter(({ worker }) => worker !== this);
      super.terminate();
    }
  };
}

/** In front of a training worker's script. */
export const intoWorker = `
if (typeof GPUAdapter !== 'undefined') {
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await requestDevice.apply(this, given);
    self.chaosDevice = device;
    return device;
  };
}`;
