/** The words of what is saved from the page. */

export const exchange = {
  heading: 'Export and import',
  curves: 'Curves',
  csv: 'Runs as CSV',
  csvText: 'One row for each lane and step, with the test values: for a spreadsheet, R or pandas.',
  json: 'Runs as JSON',
  jsonText:
    'Everything: settings, device, curves, evaluations, why each run ended. This page reads it again.',
  charts: 'A chart as a picture for a slide: the small buttons SVG and PNG beside its title.',
  script: 'Experiment',
  pytorch: 'PyTorch script',
  pytorchText:
    'The same nets and the same recipe as one Python file, for one GPU or, with torchrun, for several. It reads the weights saved here.',
  weights: 'Weights',
  weightsOf: (name: string) => `Weights of ${name}`,
  weightsText: 'The net as it is now, as safetensors with PyTorch\u2019s names.',
  nothing: 'There is nothing to save yet: press Train first.',
  branches:
    'A script begins each net at its first step: one that goes on from another net cannot be written so. Save the link, or the runs as JSON.',
  faulty: 'The experiment has a setting that needs mending first.',
  noWeights: (name: string) => `${name} has no weights to save: its run failed, or has not begun.`,
  file: {
    script: 'residual_playground.py',
    weights: (lane: string) => `${lane}.safetensors`,
  },
};
