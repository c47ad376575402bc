// How an operator gets at what is on the screen: with a mouse, or with nothing but a keyboard. What is done is the same.

import { type Locator, type Page, expect } from '@playwright/test';

/** A file that is handed in. */
export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export interface Hand {
  press(target: Locator): Promise<void>;
  type(field: Locator, text: string): Promise<void>;
  /** Of a list, the entry with this label. */
  select(list: Locator, label: string): Promise<void>;
  tick(choice: Locator): Promise<void>;
  give(field: Locator, file: Upload): Promise<void>;
}

export const MOUSE: Hand = {
  press: (target) => target.click(),
  type: (field, text) => field.fill(text),
  async select(list, label) {
    await list.selectOption({ label });
  },
  tick: (choice) => choice.check(),
  give: (field, file) => field.setInputFiles(file),
};

const FAR = 150;

/** Presses Tab until the element has the focus, and sees that the focus can be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < FAR; presses += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) {
      expect(await target.evaluate(showsFocus), 'the focus can be seen').toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached within ${FAR} presses of Tab: ${target}`);
}

/** By itself, or by the box that it stands in. */
function showsFocus(node: Element): boolean {
  for (let element: Element | null = node; element && element !== document.body; element = element.parentElement) {
    const style = getComputedStyle(element);
    if ((style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none') return true;
  }
  return false;
}

/** A day as its field takes it from the keyboard, in the operator's own order. */
const asTyped = (text: string) => text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2$3$1');

export function keyboard(page: Page): Hand {
  return {
    async press(target) {
      await tabTo(page, target);
      await page.keyboard.press('Enter');
    },
    async type(field, text) {
      await tabTo(page, field);
      await page.keyboard.press('Control+A');
      await page.keyboard.type((await field.getAttribute('type')) === 'date' ? asTyped(text) : text);
      await expect(field).toHaveValue(text);
    },
    async select(list, label) {
      await tabTo(page, list);
      await page.keyboard.type(label);
      await expect(list.locator('option:checked')).toHaveText(label);
    },
    async tick(choice) {
      await tabTo(page, choice);
      await page.keyboard.press('Space');
      await expect(choice).toBeChecked();
    },
    async give(field, file) {
      await tabTo(page, field);
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
      await chooser.setFiles(file);
    },
  };
}
