/** A worker that reads files: wiring only. */
import { LogHandler } from './logHandler.ts';
import type { LogCommand } from '../logProtocol.ts';

const handler = new LogHandler((message, transfer) => self.postMessage(message, { transfer }));
self.addEventListener('message', ({ data }: MessageEvent<LogCommand>) => void handler.handle(data));
