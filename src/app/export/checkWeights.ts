/** Whether a safetensors file is of a net, by its header alone: the training worker reads the rest. */
import type { ModelConfig } from '../../model/config.ts';
import { modelName } from '../../model/families.ts';
import { buildGraph } from '../../model/graph.ts';
import { layoutOf, namedTensors } from '../../model/parameters.ts';
import { ImportError } from './readRunsJson.ts';

/** Throws {@link ImportError} that says what of the file does not fit. */
export function checkWeights(bytes: ArrayBuffer, file: string, model: ModelConfig): void {
  const { header, body } = readHeader(bytes, file);
  const graph = buildGraph(model);
  const layout = layoutOf(graph);
  const wanted = [...layout.trainable, ...layout.statistics].flatMap((slot) => namedTensors(graph, slot));
  for (const { name, shape } of wanted) {
    const entry = header[name] as Record<string, unknown> | undefined;
    const found = entry?.['shape'];
    if (entry?.['dtype'] === 'F32' && Array.isArray(found) && found.join() === shape.join()) continue;
    const instead = Array.isArray(found) ? `[${found.join(', ')}] of ${String(entry?.['dtype'])}` : 'none';
    throw new ImportError(
      `${file} is not of ${modelName(model)} with ${model.width} filters, block ${model.block}, option ${model.shortcut}: ${name} should be [${shape.join(', ')}] of F32, and there is ${instead}. Choose another lane or another file.`,
    );
  }
  const known = new Set(wanted.map(({ name }) => name));
  const unknown = Object.keys(header).find(
    (name) => name !== '__metadata__' && !known.has(name) && !name.endsWith('num_batches_tracked'),
  );
  if (unknown !== undefined) {
    throw new ImportError(
      `${file} is of a larger net than ${modelName(model)}: it has ${unknown}, too. Choose another lane or another file.`,
    );
  }
  const ends = wanted.map(({ name }) =>
    Number((header[name] as { data_offsets?: number[] }).data_offsets?.[1]),
  );
  if (!(Math.max(...ends) <= body)) {
    throw new ImportError(
      `${file} was cut short: it ends inside of its weights. Save it once more and try again.`,
    );
  }
}

function readHeader(bytes: ArrayBuffer, file: string) {
  const length = bytes.byteLength < 8 ? Infinity : Number(new DataView(bytes).getBigUint64(0, true));
  try {
    if (length <= bytes.byteLength - 8) {
      const header: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
      if (typeof header === 'object' && header !== null) {
        return { header: header as Record<string, unknown>, body: bytes.byteLength - 8 - length };
      }
    }
  } catch {
    // Said below, as for a file that is too short.
  }
  throw new ImportError(
    `${file} is not a safetensors file, or was cut short: it has no header that can be read. Choose a file that "Weights" saved here, or that safetensors wrote.`,
  );
}
