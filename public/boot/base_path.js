// The page's inline script: it finds the base path, makes the page's addresses whole and starts the boot script.
//
// The page names its files relative to its own folder, but a host serves it for addresses far below that folder too. So the files
// stand in `data-href`, where no browser fetches them, until the base path is known. (`data-rel`: Chromium complains of a hint
// without an address.) The guess is what stands before a route of the console, or else the folder of the path. If the boot script is
// not there, the folders of the path are tried, the deepest first. Where it is found is the base path: boot/page.js takes it from
// the script's own address.
//
// It must never name another origin, as two slashes at the beginning of a path would. Change it rarely: hosts allow it by its hash.

// Leptos sets innerHTML for its own static templates, so markup passes; scripts come from this origin only.
window.trustedTypes?.createPolicy('default', {
  createHTML: (html) => html,
  createScriptURL: (url) => (new URL(url, location).origin === location.origin ? url : null),
});

const path = location.pathname.replace(/\/+/g, '/');
const [guess] = /.*\/(?=c\/[^/]+\/orders)|.*\//.exec(path);

function link(base) {
  for (const node of document.querySelectorAll('[data-href]')) {
    node.href = base + node.dataset.href;
    node.rel ||= node.dataset.rel;
  }
}

/** `next` is tried if it is not there; empty when no folder is left. */
function boot(base, next) {
  const script = document.createElement('script');
  script.type = 'module';
  script.blocking = 'render';
  script.src = base + document.querySelector('[data-boot]').dataset.boot;
  script.onload = () => base === guess || link(base);
  script.onerror = () => next && boot(next, next.replace(/[^/]*\/$/, ''));
  document.head.append(script);
}

link(guess);
boot(guess, path.replace(/\/?$/, '/'));
