/** Who may import whom (docs/architecture.md). Each rule's comment says why it is there. */

/** Tests see more than what they test: neighbours, fixtures, Node. */
const TEST = '\\.test\\.tsx?$|/testing/';
/** A package, wherever it is installed. */
const packages = (...names) => `^node_modules/(${names.join('|')})/`;
const TF = packages('@tensorflow', 'tfjs[^/]*');

/** A rule that names what a folder may import; everything else is forbidden, packages and Node included. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { pathNot: allowed },
});
const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: TEST, ...from },
  to,
});

/** What each feature of the page is, and the features below it, which alone it may import. */
const features = {
  state: { why: 'What the page knows names none of what shows it.', below: [] },
  ui: { why: 'Controls are for every feature, and know none.', below: ['state'] },
  runs: { why: 'A run is a run, wherever it is trained and drawn.', below: ['ui', 'state'] },
  experiment: { why: 'What is to be trained, before anything trains.', below: ['runs', 'ui', 'state'] },
  charts: { why: 'Charts draw runs, whoever trained them.', below: ['runs', 'ui', 'state'] },
  lanes: { why: 'Lanes show an experiment and its runs.', below: ['experiment', 'runs', 'ui', 'state'] },
  session: { why: 'A session trains an experiment into runs.', below: ['experiment', 'runs', 'ui', 'state'] },
  offline: {
    why: 'What this browser keeps knows no feature that is used without a network.',
    below: ['ui', 'state'],
  },
  verdict: { why: 'The verdict says what the charts show.', below: ['charts', 'runs', 'ui', 'state'] },
  start: {
    why: 'The start asks, and hands over to the lab: it loads none of what draws or sets there.',
    below: ['verdict', 'runs', 'ui', 'state'],
  },
  inside: {
    why: 'Views look into nets, wherever they were trained; each view is a folder of src/views.',
    below: ['runs', 'ui', 'state'],
  },
  branch: { why: 'A moment of a run is where another one may begin.', below: ['runs', 'ui', 'state'] },
  keep: { why: 'Runs are kept as they are, whoever trains or draws them.', below: ['runs', 'ui', 'state'] },
  exchange: {
    why: 'Files come in and go out as runs and as charts.',
    below: ['charts', 'runs', 'ui', 'state'],
  },
};

/** The folders of the WebGPU kernels, and those below each. */
const kernelLayers = [
  ['wgsl', []],
  ['runtime', ['wgsl']],
  ['conv', ['runtime', 'wgsl']],
  ['norm', ['runtime', 'wgsl']],
  ['small', ['runtime', 'wgsl']],
  ['tuning', ['conv', 'norm', 'small', 'runtime', 'wgsl']],
];

module.exports = {
  forbidden: [
    only(
      'model-is-pure',
      'What a net, an experiment and a dataset are depends on nothing but itself.',
      '^src/model/',
      ['^src/model/', packages('valibot', '@noble/hashes')],
    ),
    only(
      'protocol-on-model',
      'What the two sides say to each other names nothing of either.',
      '^src/protocol/',
      ['^src/(protocol|model)/'],
    ),
    only('data-on-model', 'The data side knows the model and its own formats.', '^src/data/', [
      '^src/(data|model|protocol)/',
      packages('valibot'),
    ]),
    only('kernels-on-tf', 'Only the kernels know TensorFlow.js.', '^src/kernels/', [
      '^src/(kernels|model|protocol)/',
      TF,
    ]),
    only(
      'training-on-contracts',
      'Training is written against src/kernels/ops.ts and sees no tf.',
      '^src/training/',
      ['^src/(training|model|protocol|data|kernels|insights)/'],
    ),
    never(
      'training-kernels-by-contract',
      'An implementation of the operations is injected, never imported.',
      { path: '^src/training/' },
      { path: '^src/kernels/', pathNot: '^src/kernels/ops\\.ts$' },
    ),
    only('insights-on-model', 'Numbers in, numbers out.', '^src/insights/', ['^src/(insights|model)/']),
    only(
      'inside-on-contracts',
      'What looks into nets is written as training is: against the contract of the operations.',
      '^src/inside/',
      ['^src/(inside|training|model|protocol|data|insights)/', '^src/kernels/ops\\.ts$'],
    ),
    only(
      'view-computes-beside-the-page',
      'What a view computes runs in a worker and on the command line: it knows nets, and no page.',
      '^src/views/[^/]+/compute',
      [
        '^src/(views|inside|training|model|protocol|insights)/',
        '^src/kernels/ops\\.ts$',
        packages('valibot'),
      ],
    ),
    never(
      'view-draws-on-the-page',
      'What of a view is drawn knows the frame around it and what every feature may use; what computes it runs elsewhere.',
      { path: '^src/views/', pathNot: ['^src/views/[^/]+/compute', TEST] },
      {
        path: ['^src/', TF],
        pathNot: ['^src/(views|model|insights|protocol)/', '^src/app/(inside|ui|state|runs)/'],
      },
    ),
    never(
      'view-computations-not-drawn',
      'The page asks a worker.',
      { path: '^src/(app|client)/|^src/views/(?![^/]+/compute)' },
      { path: '^src/views/[^/]+/compute' },
    ),
    never(
      'views-by-themselves',
      'A view is a folder: what two of them need stands in src/insights, src/inside or app/inside.',
      { path: '^src/views/([^/]+)/' },
      { path: '^src/views/', pathNot: '^src/views/$1/' },
    ),
    only(
      'client-on-protocol',
      "The page's side owns workers and knows them by what they say.",
      '^src/client/',
      ['^src/(client|protocol|model)/'],
    ),
    never(
      'workers-not-page',
      'A worker has no page.',
      { path: '^src/workers/' },
      {
        path: ['^src/(app|client)/', packages('react', 'react-dom', 'recharts', 'zustand')],
      },
    ),
    only(
      'service-worker-alone',
      'The service worker outlives the page: it knows the names of files, and what the page says to it.',
      '^src/serviceWorker/',
      ['^src/(serviceWorker|protocol)/'],
    ),
    ...kernelLayers.map(([layer, below]) =>
      never(
        `webgpu-${layer}`,
        'WGSL is text, the runtime runs it, kernels are written in it, and only the tuner chooses among them.',
        { path: `^src/kernels/webgpu/${layer}/` },
        { path: '^src/kernels/webgpu/', pathNot: `^src/kernels/webgpu/(${[layer, ...below].join('|')})/` },
      ),
    ),
    never(
      'app-outside',
      'The page knows the nets, what can be read out of a run, and its side of the workers.',
      { path: '^src/app/' },
      { path: '^src/', pathNot: '^src/(app|views|model|insights|protocol|client)/' },
    ),
    ...Object.entries(features).map(([feature, { why, below }]) =>
      never(
        `app-${feature}`,
        why,
        { path: `^src/app/${feature}/` },
        { path: '^src/app/', pathNot: `^src/app/(${[feature, ...below].join('|')})/` },
      ),
    ),
    never(
      'state-without-react',
      'The state can be tested, and used, without React; hooks tie it to components.',
      { path: '^src/app/state/', pathNot: ['^src/app/state/hooks/', TEST] },
      {
        path: [
          packages('react', 'react-dom', 'recharts'),
          '\\.tsx$',
          '^node_modules/zustand/(esm/)?(index|react|traditional|react/.*)\\.',
        ],
      },
    ),
    never(
      'nothing-imports-app',
      'The page is the end of the chain.',
      { path: '^(src|cli|bench|scripts|e2e)/', pathNot: ['^src/(app|views)/', TEST] },
      { path: '^src/app/' },
    ),
    {
      name: 'no-tf-outside-kernels',
      comment: 'TensorFlow.js is behind the contract: only the kernels, what starts them, and tests see it.',
      severity: 'error',
      from: { path: '^src/(app|model|data|insights|training)/', pathNot: TEST },
      to: { path: TF },
    },
    {
      name: 'page-reaches-no-tf',
      comment: 'Not even by way of others: the build checks the same in the bundle.',
      severity: 'error',
      from: { path: '^src/app/', pathNot: TEST },
      to: { path: TF, reachable: true },
    },
    {
      name: 'page-parses-in-a-worker',
      comment:
        'Files are parsed beside the page, and the parser is none of its weight: only the worker reaches it.',
      severity: 'error',
      from: { path: '^src/app/', pathNot: ['^src/app/exchange/logs/(worker|text)/', TEST] },
      to: { path: packages('papaparse'), reachable: true },
    },
    never(
      'papaparse-where-text-is-read',
      'The worker that reads files splits their rows with it; what the page writes needs no parser.',
      { path: '^src/', pathNot: ['^src/app/exchange/logs/text/', TEST] },
      { path: packages('papaparse') },
    ),
    never(
      'leaves',
      'The command line, benchmarks, browser tests and numeric tests are leaves; but how Node gets a device and data is told once.',
      { path: '^(src|cli|bench|scripts|e2e)/' },
      {
        path: '^(cli|bench|e2e|test)/',
        pathNot: ['^$1/', '^cli/node/'],
      },
    ),
    never(
      'scripts-are-tools',
      'Scripts serve development: benchmarks and browser tests use them, what people run does not.',
      { path: '^(src|cli)/' },
      { path: '^scripts/' },
    ),
    never(
      'nothing-imports-tests',
      "A test is nobody's dependency, but other tests'.",
      { path: '^', pathNot: [TEST, '^(test|e2e)/'] },
      { path: TEST },
    ),
    never(
      'no-development-packages',
      'What the page runs on is a dependency, not a devDependency.',
      {
        path: '^src/',
      },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'type-import'] },
    ),
    {
      name: 'no-cycles',
      comment: 'A cycle is two files that are one, of types too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^[^/]+$', '^e2e/fixtures/', TEST] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere, or to a package that package.json does not name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that package.json does not name.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(src/kernels/wasm/assembly|dist|public|docs|runs|test-results|playwright-report)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
