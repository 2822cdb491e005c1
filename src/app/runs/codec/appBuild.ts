import { version } from '../../../../package.json';
import type { AppBuild } from './runsJson.ts';

const commit: unknown = import.meta.env['BUILT_FROM'];

/** The program that is running: vite.config.ts knows the commit. */
export const appBuild: AppBuild = {
  version,
  commit: typeof commit === 'string' && commit !== '' ? commit : null,
};
