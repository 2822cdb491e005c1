import type { Plugin } from 'vite';

/**
 * A build plugin: the page's Content-Security-Policy as the first tag of its head, for hosts that send no headers (GitHub
 * Pages). Workers have the policy of their own answer, and so none there. Vite's own page in development would not run under it.
 */
export function policyTag(policy: string): Plugin {
  return {
    name: 'policy-tag',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
