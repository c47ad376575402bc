// Waiting for what is meant, never for a time to pass.

const STEP_MS = 25;

/** Asks until the answer is neither false nor missing, and gives it. */
export async function until(what, ask, limitMs = 30_000) {
  const limit = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > limit) throw new Error(`waited ${limitMs / 1000} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
