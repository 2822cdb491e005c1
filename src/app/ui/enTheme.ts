export const theme = {
  label: 'Colours',
  names: { auto: 'as the system', light: 'light', dark: 'dark' } as const,
};
