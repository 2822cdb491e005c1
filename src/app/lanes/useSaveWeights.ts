import { useState } from 'react';
import { useApp } from '../state/hooks/AppContext.ts';
import { saving as words } from '../ui/enSaving.ts';
import { saveFile } from '../ui/saveFile.ts';
import { weights } from './enLaneMenu.ts';

/** Saves the weights of a lane as they are now, and tells what became of it. */
export function useSaveWeights() {
  const app = useApp();
  const [{ said, isFault }, say] = useState({ said: '', isFault: false });
  const save = async (lane: string, name: string) => {
    const file = weights.file(lane);
    try {
      const { file: bytes, step } = await app.exportWeights(lane);
      saveFile(bytes, 'application/octet-stream', file);
      say({ said: words.savedAt(file, step), isFault: false });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      say({ said: words.failed(weights.of(name), why), isFault: true });
    }
  };
  return { save, said, isFault };
}
