/** Small drawings for buttons; their meaning stands in the button's label. */

const paths = {
  edit: 'M10.6 3.2l2.2 2.2L6 12.2l-2.9 .7L3.8 10z',
  duplicate: 'M6 6h7v7H6zM3.2 10V3.2H10',
  remove: 'M4 4l8 8M12 4l-8 8',
  eye: 'M1.5 8s2.4-4.4 6.5-4.4S14.5 8 14.5 8s-2.4 4.4-6.5 4.4S1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0 -3.6',
  hidden: 'M2 8.5s2.2 3.2 6 3.2s6-3.2 6-3.2M4.4 11l-1 1.6M8 11.7v1.8M11.6 11l1 1.6',
  expand: 'M6 4l4 4l-4 4',
  collapse: 'M4 6l4 4l4-4',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  resume: 'M5 3.5l7.5 4.5L5 12.5z',
  stop: 'M4 4h8v8H4z',
  enlarge: 'M9.5 3H13v3.5M6.5 13H3V9.5M13 3L9 7M3 13l4-4',
  shrink: 'M13 6.5H9.5V3M3 9.5h3.5V13M9.5 6.5L13 3M6.5 9.5L3 13',
  auto: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  light:
    'M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0 -5.6M8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1 -1M11.6 4.4l1 -1',
  more: 'M3.2 8h.01M8 8h.01M12.8 8h.01',
  rename: 'M3 13h10M4.2 10.2l6-6l1.6 1.6l-6 6H4.2z',
  moments: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.8v2.6h2.6M8 5.4V8l1.9 1.3',
  weights: 'M8 2.5v7.5M5 7.2L8 10.2L11 7.2M3 13.2h10',
  start: 'M8 10.2V2.7M5 5.5L8 2.5L11 5.5M3 13.2h10',
  dark: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z',
} as const;

export type IconName = keyof typeof paths;

const filled: ReadonlySet<IconName> = new Set<IconName>(['resume', 'stop']);

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill={filled.has(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.2 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
      {name === 'auto' && <path d="M8 2.5a5.5 5.5 0 1 0 0 11z" fill="currentColor" />}
    </svg>
  );
}
