// The worker for spreadsheets: loads its program and answers requests, one at a time, in order.
// Invariant: it says that it is ready, or why it is not, before it is asked anything; every request
// gets one answer under its number. What is asked and answered is the program's own business
// (sheets/src/request.rs). Deliberately absent: anything of the page.

importScripts('sheets-program.js');

wasm_bindgen({ module_or_path: 'sheets-program_bg.wasm' }).then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ failed: String(error) }),
);

onmessage = ({ data: { number, request, bytes } }) => {
  try {
    const answer = wasm_bindgen.answer(request, bytes);
    postMessage({ number, answer }, [answer.buffer]);
  } catch (error) {
    // The program's own errors are its JSON; anything else means that it fell over.
    const refused = typeof error === 'string' ? error : undefined;
    postMessage({ number, refused, failed: String(error) });
  }
};
