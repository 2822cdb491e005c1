/** What computed a run, for whoever compares its curve with another. */
import type { KernelBuild } from '../model/kernelBuild.ts';
import type { DeviceChoice, Provenance } from '../protocol/protocol.ts';

/** What of a browser tells which one it is. Brands are told in a secure context only. */
export interface BrowserIdentity {
  readonly userAgent: string;
  readonly userAgentData?: {
    readonly brands: readonly { readonly brand: string; readonly version: string }[];
    readonly platform: string;
  };
}

/** What a worker opened, on the device that it was told, in this browser. */
export const provenanceOf = (
  build: KernelBuild,
  { backend, precision = 'f32' }: Pick<DeviceChoice, 'backend' | 'precision'>,
  identity: BrowserIdentity = navigator,
): Provenance => ({ ...build, backend, precision, browser: browserName(identity) });

/** What calls itself by another's name as well stands before that. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(?:A|iOS)?\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/SamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/([\d.]+).*Safari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** "Firefox 140 on Linux"; the user agent itself where it is of none that is known. */
export function browserName({ userAgent, userAgentData }: BrowserIdentity): string {
  // Made up on purpose ("Not;A=Brand"), and the engine beside its browser.
  const brands = userAgentData?.brands.filter(({ brand }) => !/not.?a.?brand/i.test(brand)) ?? [];
  const brand = brands.find((one) => one.brand !== 'Chromium') ?? brands[0];
  if (brand && userAgentData) {
    return [`${brand.brand} ${brand.version}`, userAgentData.platform].filter(Boolean).join(' on ');
  }
  const found = browsers.flatMap(([pattern, name]) => {
    const version = pattern.exec(userAgent)?.[1];
    return version === undefined ? [] : [`${name} ${version}`];
  });
  if (found[0] === undefined) return userAgent;
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  return system === undefined ? found[0] : `${found[0]} on ${system}`;
}
