/** The terms of images and nets. */
import type { Entry } from './entry.ts';

export const netTerms = {
  cifar10: {
    name: 'CIFAR-10',
    sentence:
      '60,000 small colour photographs, 32 by 32 pixels, of ten things such as cats, ships and frogs: a net learns from 50,000 of them and is tested on the other 10,000.',
    see: ['error', 'guessing'],
  },
  filter: {
    name: 'Filter',
    sentence:
      'A small grid of numbers that a layer slides over the image to look for one pattern; a net of more filters sees more patterns, and every step takes longer.',
    see: ['parameters', 'capacity'],
  },
  convolution: {
    name: 'Convolution',
    sentence:
      'A layer that slides its filters over a map and writes down how well each pattern fits at every place.',
    see: ['filter', 'map'],
  },
  map: {
    name: 'Map',
    sentence:
      'What a layer hands to the next: for each filter a small picture of where its pattern was found, here of 32, then 16, then 8 pixels a side.',
    see: ['convolution', 'filter'],
  },
  depth: {
    name: 'Depth',
    sentence:
      'How many layers with weights lie one behind the other; the nets here have 6n + 2 of them (9n + 2 with bottlenecks), so 20, 32 or 56, but never 18.',
    see: ['block', 'plain', 'residual'],
  },
  block: {
    name: 'Block',
    sentence:
      'Two or three layers that stand together; in a residual net a shortcut leads around each block.',
    picture: 'residual',
    see: ['plain', 'residual', 'basic', 'bottleneck'],
  },
  plain: {
    name: 'Plain net',
    sentence: 'A net whose layers simply follow one another, without shortcuts.',
    picture: 'residual',
    see: ['residual', 'twin'],
  },
  residual: {
    name: 'Residual net (ResNet)',
    sentence:
      'A net in which a shortcut leads around every block, so that a block has to learn only what to add to its input: the residual.',
    picture: 'residual',
    see: ['shortcut', 'plain'],
  },
  shortcut: {
    name: 'Shortcut (skip connection)',
    sentence: 'A way around a block: the block\u2019s input is added, unchanged, to its output.',
    picture: 'residual',
    see: ['optionA', 'optionB', 'optionC'],
  },
  twin: {
    name: 'Residual twin',
    sentence:
      'The same net with shortcuts instead of without: as many layers, exactly as many parameters, and the same initial weights, so that only the shortcuts can make a difference.',
    picture: 'residual',
    see: ['plain', 'residual', 'seed'],
  },
  optionA: {
    name: 'Option A',
    sentence:
      'Where a shortcut leads to more channels, the new ones are filled with zeros: it costs no parameters.',
    picture: 'options',
    see: ['optionB', 'optionC'],
  },
  optionB: {
    name: 'Option B',
    sentence:
      'Where the shape changes, a 1\u00d71 convolution with weights of its own makes the shortcut fit; all other shortcuts stay as they are.',
    picture: 'options',
    see: ['optionA', 'optionC'],
  },
  optionC: {
    name: 'Option C',
    sentence: 'Every shortcut is a 1\u00d71 convolution with weights of its own.',
    picture: 'options',
    see: ['optionA', 'optionB'],
  },
  basic: {
    name: 'Basic block',
    sentence: 'A block of two 3\u00d73 convolutions of the same width.',
    picture: 'blocks',
    see: ['bottleneck'],
  },
  bottleneck: {
    name: 'Bottleneck block',
    sentence:
      'A block of three convolutions: 1\u00d71 makes few channels of many, 3\u00d73 works on the few, and 1\u00d71 makes many of them again.',
    picture: 'blocks',
    see: ['basic'],
  },
  batchNorm: {
    name: 'Batch norm (batch normalisation)',
    sentence:
      'After each convolution the values of every channel are brought to mean 0 and deviation 1 over the batch, then scaled and shifted by two learned numbers: so signals neither fade nor explode.',
    see: ['batch', 'normalisation'],
  },
  normalisation: {
    name: 'Normalisation',
    sentence:
      'What is done to the pixels before a net sees them, so that their values lie around 0: here the mean image is taken away, or each colour is brought to mean 0 and deviation 1.',
    see: ['batchNorm'],
  },
  augmentation: {
    name: 'Augmentation',
    sentence:
      'Training images are shifted by a few pixels and mirrored at random, so that a net never sees quite the same image twice and cannot learn them by heart.',
    see: ['gap', 'trainingError'],
  },
  capacity: {
    name: 'Capacity',
    sentence:
      'What a net could represent with the best weights; whether training finds those weights is another question, and the one of this page.',
    see: ['parameters', 'depth', 'overfitting'],
  },
  parameters: {
    name: 'Parameters',
    sentence: 'The numbers that training changes: weights of the filters, and what batch norm learns.',
    see: ['filter', 'capacity'],
  },
  multiplyAdds: {
    name: 'Multiply-adds',
    sentence:
      'How often the net multiplies two numbers and adds up the result, for one image: a measure of its work that does not depend on the device.',
    see: ['parameters', 'throughput'],
  },
  safetensors: {
    name: 'safetensors',
    sentence: 'A file of weights that holds numbers and names alone, no code; PyTorch and this page read it.',
    see: ['parameters'],
  },
} as const satisfies Readonly<Record<string, Entry>>;
