// axe-core in the page. It comes through the debugger, which the page's strict policy does not bind.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

interface Violation {
  id: string;
  impact: string | null;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** Of one rule: more of the same helps nobody. */
const SHOWN = 3;
const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical findings, each with where it is and what is wrong. */
export async function serious(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  // A colour on its way from one theme to the other is neither's.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((it) => it.effect?.getComputedTiming().iterations !== Infinity).map((it) => it.finished.catch(() => null))));
  const violations = (await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: unknown[] }> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  })) as Violation[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => {
      const shown = nodes.slice(0, SHOWN).map((node) => `${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`);
      return `${impact} ${id}, ${nodes.length} times, such as ${shown.join(' | ')}`;
    });
}
