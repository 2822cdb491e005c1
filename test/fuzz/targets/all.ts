import type { FuzzTarget } from '../fuzz.ts';
import { archives } from './archives.ts';
import { checkpoints } from './checkpoints.ts';
import { configurations } from './configurations.ts';
import { links } from './links.ts';
import { logs } from './logs.ts';
import { manifests } from './manifests.ts';
import { recordings } from './recordings.ts';
import { runsJson } from './runsJson.ts';
import { safetensors } from './safetensors.ts';
import { shards } from './shards.ts';
import { storedRecords } from './storedRecords.ts';

export const targets: readonly FuzzTarget[] = [
  links,
  configurations,
  logs,
  runsJson,
  recordings,
  safetensors,
  checkpoints,
  manifests,
  shards,
  archives,
  storedRecords,
];
