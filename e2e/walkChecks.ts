/** What holds after every step of a walk through the page: where the focus is, how large things are, what is read out. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from 'playwright/test';

declare global {
  interface Window {
    /** What live regions said, in order, each with the region's name. */
    readOut: string[];
  }
}

/** Notes what live regions say; to be called before the page opens. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.readOut = [];
    const regions = new Map<Element, string>();
    const look = () => {
      for (const region of document.querySelectorAll('[aria-live], [role="status"], [role="alert"]')) {
        const text = region.textContent.trim();
        const before = regions.get(region);
        regions.set(region, text);
        // What a region has when it comes is not read out everywhere.
        if (before === undefined || before === text || text === '') continue;
        window.readOut.push(`${region.getAttribute('aria-label') ?? ''}: ${text}`);
      }
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** What the region of this name has said; those without a name go by the empty one. */
export async function saidBy(page: Page, name: string): Promise<readonly string[]> {
  const all = await page.evaluate(() => window.readOut);
  return all.flatMap((said) => (said.startsWith(`${name}: `) ? said.slice(name.length + 2) : []));
}

/** The focus is on something that is there, is seen and has a name; by keyboard it is also on the screen. */
export async function expectFocus(page: Page, by: 'keyboard' | 'pointer', name = /./): Promise<void> {
  const held = () =>
    page.evaluate((mustBeOnScreen) => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return 'nothing has the focus';
      const by = element.getAttribute('aria-labelledby');
      const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : [];
      const labelled = by === null ? labels : [document.getElementById(by)];
      const told = element.getAttribute('aria-label') ?? (labelled.length > 0 ? labelled : [element]).map((one) => one?.textContent).join(' '); // prettier-ignore
      const what = `${element.tagName} ${told.trim()}`;
      const isSeen = element.isConnected && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }); // prettier-ignore
      if (!isSeen || element.matches(':disabled, [inert] *')) return `not to be used: ${what}`;
      if (told.trim() === '') return `without a name: ${element.outerHTML.slice(0, 100)}`;
      const { top, bottom, left, right } = element.getBoundingClientRect();
      const isLarge = element.matches('main');
      const isOnScreen = top >= -1 && left >= -1 && bottom <= innerHeight + 1 && right <= innerWidth + 1;
      if (mustBeOnScreen && !isLarge && !isOnScreen) return `off the screen: ${what}`;
      return `holds: ${what}`;
    }, by === 'keyboard');
  await expect.poll(held).toMatch(new RegExp(`^holds: .*${name.source}`, name.flags));
}

/** Names of what can be pressed and is smaller than `least` pixels either way; words within a sentence may be (WCAG 2.5.8). */
export async function tooSmall(page: Page, selector: string, least: number): Promise<readonly string[]> {
  return page.evaluate(
    ([wanted, size]) =>
      [...document.querySelectorAll<HTMLElement>(wanted)].flatMap((element) => {
        if (!element.checkVisibility({ visibilityProperty: true })) return [];
        const label = 'labels' in element && element.labels instanceof NodeList ? element.labels[0] : null;
        const boxes = [element, label].flatMap((one) => (one instanceof Element ? one.getBoundingClientRect() : [])); // prettier-ignore
        const width = Math.max(...boxes.map((box) => box.width));
        const height = Math.max(...boxes.map((box) => box.height));
        const isHidden = width <= 1 && height <= 1;
        const isInline = getComputedStyle(element).display === 'inline';
        if (isHidden || isInline || Math.min(width, height) >= size - 0.5) return [];
        return [`${element.tagName}.${element.className} ${element.getAttribute('aria-label') ?? element.textContent}: ${Math.round(width)}x${Math.round(height)}`]; // prettier-ignore
      }),
    [selector, least] as const,
  );
}
export const PRESSABLE =
  'button, a[href], input, select, summary, [role="tab"], [role="menuitem"], [tabindex="0"]';
/** What starts, stops, pauses and goes on. */
export const PRIMARY = '.start-answer, .button-main, .button-large';

/** The rules of axe that look at colours: the others find in the dark what they find in the light. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** axe finds nothing, light and dark. */
export async function expectAccessible(page: Page, stage: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page });
    const { violations } = await (colorScheme === 'dark' ? axe.withRules(COLOUR_RULES) : axe).analyze();
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)); // prettier-ignore
    expect.soft(found, `${stage}, ${colorScheme}`).toEqual([]);
  }
}
