// From 360 px to 2560 px nothing runs out of the page, and what is to be pressed lies inside it.

import { SCENES } from './support/scenes';
import { expect, test } from './support/test';

for (const scene of SCENES) {
  test(scene.name, async ({ desk, sandbox, samples }) => {
    await scene.show({ desk, sandbox, samples });
    for (const width of [360, 720, 1280, 2560]) {
      await desk.page.setViewportSize({ width, height: 800 });
      const found = await desk.page.evaluate(() => {
        const page = document.documentElement;
        const modal = document.querySelector('dialog[open]');
        const outside = [...(modal ?? document.body).querySelectorAll<HTMLElement>('button, a.btn, input, select, textarea')]
          .filter((node) => node.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true }))
          // What lies in a box of its own that scrolls can be brought into sight there.
          .filter((node) => !node.closest('.scroll, .views, table'))
          .map((node) => ({ node, box: node.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 2 && (box.left < -1 || box.right > innerWidth + 1))
          .map(({ node }) => node.outerHTML.slice(0, 80));
        const sideways = [page, modal].filter((box) => box && box.scrollWidth > box.clientWidth + 1).flatMap((box) => {
          const widest = [...(box?.querySelectorAll('*') ?? [])]
            .filter((node) => !node.closest('.scroll, .views') && node.getBoundingClientRect().right > innerWidth + 1)
            .map((node) => `${node.tagName}.${node.className} reaches ${Math.round(node.getBoundingClientRect().right)} px`);
          return [`${box?.tagName} is ${box?.scrollWidth} px wide`, ...widest.slice(0, 4)];
        });
        return [...outside, ...sideways];
      });
      expect.soft(found, `${width} px`).toEqual([]);
    }
  });
}
