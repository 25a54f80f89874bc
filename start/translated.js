// Takes the page's own texts back from a browser's translator before the page goes on.
//
// A translator puts a <font> where a text was, and the text into it or away. The page then writes
// its next figure into a text nobody sees: last year's amount stays under this year's name. The
// page asks not to be translated; where it is all the same, its texts are put back where they were
// as soon as something happens, or as one of them is written anew, which is before it is shown.
// What is put back may be translated again: nothing here answers the translator, so the two never
// chase each other. The page itself has no <font>.
"use strict";

{
  /** Which node of a translator's stands where a text of the page was. */
  const taken = new Map();

  const putBack = (text) => {
    const font = taken.get(text);
    taken.delete(text);
    if (font && font.isConnected) font.replaceWith(text);
  };

  const written = new MutationObserver((records) => {
    for (const record of records) putBack(record.target);
  });

  const isFont = (node) => node !== null && node.nodeName === "FONT";

  /** The translator's node for a text that went from its place. */
  const standIn = (text, record) => {
    if (text.isConnected) {
      let outermost = null;
      for (let up = text.parentNode; up && up !== record.target; up = up.parentNode) {
        if (isFont(up)) outermost = up;
      }
      return outermost;
    }
    const near = [...record.addedNodes, record.previousSibling, record.nextSibling];
    return near.find(isFont) ?? null;
  };

  const changed = new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.removedNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue;
        const font = standIn(node, record);
        if (font && font.isConnected) {
          taken.set(node, font);
          written.observe(node, { characterData: true });
        }
      }
    }
  });

  const all = () => {
    for (const text of [...taken.keys()]) putBack(text);
    // What is put back is no translator's doing, and what is written now needs no watching.
    changed.takeRecords();
    written.disconnect();
  };

  // Ahead of whatever the page does about it.
  for (const kind of ["change", "input", "click", "keydown", "pointerdown", "paste", "drop", "hashchange", "storage", "beforeprint"]) {
    addEventListener(kind, () => {
      if (taken.size > 0) all();
    }, true);
  }
  changed.observe(document.body, { childList: true, subtree: true });
}
