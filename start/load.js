// Loads the program that Trunk named in the page's head, starts it, and clears "loading".
// Invariant: whatever goes wrong before the page stands is reported to start/check.js. The syntax
// is that of the first browsers with modules: a file that does not parse could report nothing.
// Deliberately absent: anything about what the page does once it runs.

/** The address that Trunk wrote into the `<meta>` of this name, seen from the page. */
function named(name) {
  const { content } = document.querySelector(`meta[name="${name}"]`);
  return new URL(content, document.baseURI).href;
}

async function start() {
  const program = await import(named('shapan-module'));
  await program.default({ module_or_path: named('shapan-wasm') });
  document.getElementById('boot').remove();
}

start().catch((error) => {
  // It did load, and stopped: start/rescue.js hears of it.
  if (typeof WebAssembly === 'object' && error instanceof WebAssembly.RuntimeError) throw error;
  document.dispatchEvent(new CustomEvent('shapan-start-failed', { detail: String(error) }));
  throw error;
});
