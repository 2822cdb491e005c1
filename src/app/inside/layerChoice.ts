/** The layer that is chosen in every view at once: drawings and settings read it here, and choose it. */
import { createContext, use } from 'react';

export interface LayerChoice {
  /** Its name in the graphs, PyTorch's: of a convolution, which stands for the batch norm behind it too, or of the dense layer; null where none is chosen. */
  readonly layer: string | null;
  readonly choose: (layer: string | null) => void;
}

/** Outside of the frame, as in tests of a drawing, none is chosen. */
export const LayerContext = createContext<LayerChoice>({ layer: null, choose: () => undefined });

export const useLayerChoice = (): LayerChoice => use(LayerContext);
