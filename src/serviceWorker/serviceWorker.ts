/** The service worker: wiring only. */
import { createHandlers } from './handlers.ts';
import type { ServiceWorkerGlobals } from './scope.ts';

declare const self: ServiceWorkerGlobals;

// vite-plugin-pwa looks for this very expression, and puts the list of the page's files in its place.
const handlers = createHandlers(self, self.__WB_MANIFEST);
self.addEventListener('install', (event) => handlers.install(event));
self.addEventListener('activate', (event) => handlers.activate(event));
self.addEventListener('fetch', (event) => handlers.fetch(event));
self.addEventListener('message', (event) => handlers.message(event));
