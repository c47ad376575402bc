// The console in a real Chromium against the real sandbox. Every spec keeps one promise, and the sandbox's ledger judges it.
// Nothing here may sleep for a fixed time.

import path from 'node:path';
import { defineConfig } from '@playwright/test';

const executablePath = process.env.OMNIVAL_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: '.',
  outputDir: './test-results',
  // Judging by the contract is plain JavaScript and stays as it is.
  build: { external: ['**/tests/contract/**'] },
  fullyParallel: true,
  workers: 2,
  // A crowded machine may starve a browser once; what passes only then is printed as flaky.
  retries: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  globalTeardown: path.join(__dirname, 'support', 'print-figures.ts'),
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'America/Chicago',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'console', testIgnore: 'figures.spec.ts' },
    // Alone and last: what shares the machine measures the others too.
    { name: 'figures', testMatch: 'figures.spec.ts', dependencies: ['console'] },
  ],
});
