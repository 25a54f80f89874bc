// Stands in for the page when its program has stopped: the saved plans can be taken along, and
// the page can be started again, also without the plan it stopped with.
// Invariant: asks the program for nothing, changes no record, and shows all texts as text.
// Deliberately absent: a program that does not start at all, which is start/check.js.
(function () {
  'use strict';

  const words = {
    zh: {
      title: '沙盘停住了',
      what: '程序出了错，不能再往下算。您的计划存在这台电脑的浏览器里，没有丢；最后一刻的改动可能没来得及存下。',
      plans: '本机的计划',
      plan: '计划',
      save: '导出',
      all: '导出全部原始数据',
      none: '本机没有存过计划。',
      blocked: '浏览器不让本页读取存储的数据。',
      unreadable: '这份读不出来，请导出全部原始数据。',
      reload: '重新载入',
      safe: '不打开上次的计划，重新载入（安全模式）',
      detail: '给开发者的说明'
    },
    en: {
      title: 'Shapan has stopped',
      what: 'The program met an error and cannot go on. Your plans are kept in this browser and are not lost; what you changed in the last moment may not have been saved.',
      plans: 'Plans on this machine',
      plan: 'Plan',
      save: 'Export',
      all: 'Export all raw data',
      none: 'No plan has been saved on this machine.',
      blocked: 'The browser does not let this page read what is stored.',
      unreadable: 'This one cannot be read; export all raw data instead.',
      reload: 'Reload',
      safe: 'Reload without the plan that was open (safe mode)',
      detail: 'For the developers'
    }
  };

  const ROOT = 'shapan/';

  /** All records, by name. */
  function records() {
    const found = {};
    for (let n = 0; n < localStorage.length; n += 1) {
      const name = localStorage.key(n);
      if (name.startsWith(ROOT)) found[name] = localStorage.getItem(name);
    }
    return found;
  }

  /** What keep/src/record.rs writes: a line about the state, and its packed body. */
  function opened(text) {
    const sealed = text.replace(/^shapan-record 1 [0-9a-f]{16}/, '');
    const line = sealed.indexOf('\n');
    if (sealed === text) return { title: '', packed: `p${text}` }; // plain, from an older app
    return { title: JSON.parse(sealed.slice(0, line)).title, packed: sealed.slice(line + 1) };
  }

  /** The newest state of each plan that can be opened: number, title, packed body. */
  function plans(found) {
    const states = Object.keys(found).map((name) => {
      const [, plan, serial = '0', kind = 'e'] =
        /^shapan\/plan\/(\d+)(?:\/(\d+)\.([a-z])\..*)?$/.exec(name) || [];
      return { name, plan: Number(plan), serial: Number(serial), kind };
    });
    const newest = new Map();
    for (const state of states.filter((s) => s.kind === 'e').sort((a, b) => b.serial - a.serial)) {
      if (Number.isNaN(state.plan) || newest.has(state.plan)) continue;
      try {
        newest.set(state.plan, opened(found[state.name]));
      } catch {
        // Damaged: the one before it may do.
      }
    }
    return [...newest].sort(([a], [b]) => a - b);
  }

  /** The body as the file it was packed from. */
  async function unpacked(packed) {
    if (packed.startsWith('p')) return packed.slice(1);
    const letters = atob(packed.slice(1).replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Response(stream).text();
  }

  function element(tag, text, parent) {
    const made = document.createElement(tag);
    made.textContent = text;
    parent.append(made);
    return made;
  }

  function button(text, parent, act) {
    const made = element('button', text, parent);
    made.type = 'button';
    made.addEventListener('click', act);
    return made;
  }

  function download(name, text) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    link.click();
  }

  let hasStopped = false;

  function stop(detail) {
    if (hasStopped) return;
    hasStopped = true;
    // Not while the program is still on its way out.
    setTimeout(() => stand(detail), 0);
  }

  function stand(detail) {
    const isChinese = (document.documentElement.lang || 'zh').startsWith('zh');
    const w = isChinese ? words.zh : words.en;
    const page = document.createElement('main');
    page.className = 'rescue';
    page.setAttribute('role', 'alert');
    element('h1', w.title, page);
    element('p', w.what, page);
    let found = {};
    try {
      found = records();
      element('h2', w.plans, page);
      const list = element('ul', '', page);
      for (const [number, { title, packed }] of plans(found)) {
        const item = element('li', '', list);
        element('span', title || `${w.plan} ${number}`, item);
        button(`${w.save} ${title || number}`, item, (event) => {
          unpacked(packed).then(
            (file) => download(`shapan-plan-${number}.json`, file),
            () => event.target.replaceWith(w.unreadable)
          );
        });
      }
      if (!list.firstChild) element('li', w.none, list);
    } catch {
      element('p', w.blocked, page);
    }
    const acts = element('p', '', page);
    button(w.reload, acts, () => location.reload()).className = 'primary';
    button(w.safe, acts, () => {
      location.hash = '#safe';
      location.reload();
    });
    button(w.all, acts, () => download('shapan-rescue.json', JSON.stringify(found, null, 2)));
    const more = element('details', '', page);
    element('summary', w.detail, more);
    element('pre', String(detail), more);
    document.body.replaceChildren(page);
    page.querySelector('button').focus();
  }

  /** Whether it was the program that stopped, and not a script of an extension, say: what passes
      through it uncaught leaves it half-way through what it did. */
  function isOurs(error) {
    return error instanceof WebAssembly.RuntimeError || /wasm/.test(error && error.stack);
  }

  // What the program says of itself before it stops; see src/main.rs.
  document.addEventListener('shapan-stopped', (event) => stop(event.detail));
  window.addEventListener('error', (event) => {
    if (isOurs(event.error)) stop(event.error.stack || event.error);
  });
  window.addEventListener('unhandledrejection', (event) => {
    if (isOurs(event.reason)) stop(event.reason.stack || event.reason);
  });
})();
