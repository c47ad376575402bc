// Figures of a run: measured, written down, and printed when everything has ended. No test depends on how large one is.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, '..', 'test-results');
const FILE = path.join(FOLDER, 'figures.json');

export interface Figure {
  readonly what: string;
  /** Milliseconds, one for each time it was measured. */
  readonly ms: number[];
  readonly aim?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function readFigures(): Figure[] {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Figure[]) : [];
}

export function note(figure: Figure): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(FILE, `${JSON.stringify([...readFigures(), figure], null, 2)}\n`);
}
