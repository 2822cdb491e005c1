/** The states that pictures are made of. Curves are drawn by a fake client (src/app/testing/fake.tsx). */
import type { Page } from 'playwright';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const train = (page: Page) => button(page, 'Train').click();
const steps = (page: Page, seconds: number) => page.waitForTimeout(1000 * seconds);
const two = '#e=1p20x8,p56x8;n300;b64;x';
const eight = '#e=1p20x8,p32x8,p44x8,p56x8,r20x8,r32x8,r44x8,r56x8;n300;b64;x';

/** A state of the page: the address that it begins with, and what is done there. */
export interface PageState {
  readonly search?: string;
  readonly hash: string;
  readonly act?: (page: Page) => Promise<void>;
  /** What is brought into view at each size. */
  readonly seen?: string;
}

/** What the page can look like, by name. */
export const pageStates: Readonly<Record<string, PageState>> = {
  start: { hash: '' },
  'start-training': {
    search: 'speed=20&hold=180',
    hash: two,
    act: async (page) => {
      await train(page);
      await button(page, 'Start').click();
      await steps(page, 1);
    },
  },
  'start-trained': {
    search: 'speed=60',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
      await button(page, 'Start').click();
    },
  },
  'lab-empty': { hash: two },
  'lab-settings': { hash: two, act: (page) => button(page, 'Settings').click(), seen: '#settings' },
  'lab-ready': { search: 'loading=400', hash: two, act: train },
  'lab-training': {
    search: 'speed=20&hold=180',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
    },
  },
  'lab-paused': {
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 2);
      await button(page, 'Pause').click();
    },
  },
  'lab-finished': {
    search: 'speed=60',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
    },
  },
  'lab-diverged': {
    search: 'speed=60&diverge=plain-56:120',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
    },
  },
  'lab-diverged-offer': {
    search: 'speed=20&diverge=plain-56:160&moments=40',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 5);
    },
  },
  'lab-continue': {
    search: 'speed=20&hold=180&moments=40',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 5);
      await page.reload();
      await page.getByRole('button', { name: /^Continue from step/ }).waitFor();
      await page.locator('.chart-lines').first().waitFor();
    },
  },
  'lab-moment': {
    search: 'speed=20&moments=40',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 5);
      await button(page, 'Menu of plain-56').click();
      await page.getByRole('menuitem', { name: /^Go back to a moment/ }).click();
      await page.locator('.moment').waitFor();
    },
    seen: '.moment',
  },
  'lab-recorded': {
    hash: '#e=1p20x8,p56x8,r20x8,r56x8;n300;b64;x',
    act: async (page) => {
      await button(page, 'Start').click();
      await page
        .getByRole('button', { name: /^Watch the recorded run/ })
        .first()
        .click();
      await page.locator('.verdict-recorded').waitFor();
      await steps(page, 2);
    },
  },
  'lab-unanswered': {
    search: 'speed=60',
    hash: '#e=1r20x8,r20Bx8,r20Cx8;n300;b64;x',
    act: async (page) => {
      await train(page);
      await steps(page, 3);
    },
    seen: '.verdict-band',
  },
  'lab-questions': {
    hash: two,
    act: async (page) => {
      await button(page, 'Other questions').click();
      await page.locator('.presets li').first().waitFor();
    },
  },
  'lab-failed': {
    search: 'fail=data',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 1);
    },
  },
  'lab-no-device': { search: 'fail=device', hash: two },
  'lab-offline': {
    search: 'fail=network',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 1);
    },
  },
  'lab-new-version': {
    search: 'waits=version&speed=20&hold=180',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 1);
    },
  },
  'lab-one': {
    search: 'speed=20',
    hash: '#e=1r20x8;n300;b64;x',
    act: async (page) => {
      await train(page);
      await steps(page, 2);
    },
  },
  'lab-eight': {
    search: 'speed=20',
    hash: eight,
    act: async (page) => {
      await train(page);
      await steps(page, 2);
    },
  },
  'lab-wrong-link': { hash: '#e=1p21;n300' },
  'runs-empty': { hash: '#/runs' },
  runs: {
    search: 'speed=60',
    hash: eight,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
      await button(page, 'Runs').click();
      await steps(page, 1);
    },
  },
};
