/**
 * The scales that our axes use. Recharts looks for scales by name in the whole of d3-scale, so that no bundler can leave out what
 * is not used (time, colours, quantiles: 8 kB gz). vite.config.ts puts this module in its place.
 */
export { scaleBand, scaleLinear, scaleLog, scalePoint } from 'd3-scale';
