// axe finds nothing serious or critical on any screen, dialog or outcome: light and dark, wide and narrow.

import { serious } from './support/axe';
import { SCENES } from './support/scenes';
import { expect, test } from './support/test';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const scene of SCENES) {
  test(scene.name, async ({ desk, sandbox, samples }) => {
    await scene.show({ desk, sandbox, samples });
    for (const colorScheme of ['light', 'dark'] as const) {
      await desk.page.emulateMedia({ colorScheme });
      for (const width of [1280, 360]) {
        await desk.page.setViewportSize({ width, height: 800 });
        expect.soft(await serious(desk.page), `${colorScheme}, ${width} px`).toEqual([]);
      }
    }
  });
}
