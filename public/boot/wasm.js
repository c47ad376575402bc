// WebAssembly from an answer of the network.

/** Compiles while it streams; a host that does not know the type of .wasm costs the streaming, not the program. */
export async function compile(answer) {
  if (!answer.ok) throw new Error(`${new URL(answer.url).pathname} answered ${answer.status}`);
  const streams = answer.headers.get('Content-Type')?.startsWith('application/wasm');
  return streams ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
}
