// The page as the boot script sees it. Text never becomes markup here, and a refused storage holds nothing.

// The boot script may run before the page is parsed.
if (document.readyState === 'loading') await new Promise((parsed) => addEventListener('DOMContentLoaded', parsed));

const meta = document.querySelector('meta[name="omnival-app"]');

/** The base path, one folder above this script's own: everything is loaded from here. */
export const base = new URL('../', import.meta.url);
export const program = new URL(meta.content, base);
export const wasm = new URL(meta.dataset.wasm, base);
/** The chunk of the screens behind the queue. */
export const screens = new URL(meta.dataset.screens, base);
export const screensStyle = new URL(meta.dataset.style, base);
/** The skeleton of the first paint. */
export const skeleton = document.getElementById('boot');

// What of the address is below it.
const path = location.pathname.startsWith(base.pathname) ? location.pathname.slice(base.pathname.length) : 'elsewhere';

/** The queue's address: null elsewhere; `client` is undefined where the address names none. */
export const queue = ((found) => found && { client: found[1] })(/^(?:c\/([A-Za-z0-9_-]{1,64})\/orders|index\.html)?\/?$/.exec(path));

/** `storage` is "localStorage" or "sessionStorage". */
export function stored(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

/** An element from attributes (a function listens) and children; strings become text. */
export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** A sign from the sprite in index.html. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}
