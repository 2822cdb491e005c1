/** A helper in a browser's worker: wiring only. */
import type { HelperStart } from './control.ts';
import { help } from './help.ts';

self.addEventListener('message', ({ data }: MessageEvent<HelperStart>) =>
  help(data, () => self.postMessage('ready')),
);
