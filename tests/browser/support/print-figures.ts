// The last word of a run: its figures, if it measured any.

import { median, readFigures } from './figures';

export default function printFigures(): void {
  const figures = readFigures();
  if (figures.length === 0) return;
  const width = Math.max(...figures.map(({ what }) => what.length));
  const rows = figures.map(({ what, ms, aim }) => {
    const [middle, worst] = [median(ms), Math.max(...ms)].map((value) => (value < 1 ? value.toFixed(3) : `${Math.round(value)}`).padStart(7));
    return `${what.padEnd(width)} ${middle} ${worst} ${String(ms.length).padStart(6)}  ${aim ?? 'reported'}`;
  });
  const head = `${'Figures, milliseconds'.padEnd(width)}  median   worst  times  aim`;
  console.log(['', head, ...rows, ''].join('\n'));
}
