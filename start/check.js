// Says why the page cannot start, in Chinese and English, in place of "loading".
// Invariant: runs in any browser of the last fifteen years, so it is a classic script in old
// JavaScript (no modules, no arrows, no `const`): those who need the message have such browsers.
// Deliberately absent: loading the page, which is start/load.js.
(function () {
  'use strict';

  var reasons = {
    file: {
      zh: '沙盘不能直接从文件打开：浏览器不允许网页从文件载入程序。请把整个文件夹放到任一网页服务器上，再从 http:// 地址打开。',
      en: 'Shapan cannot be opened straight from a file: browsers do not let a page load programs from files. Put the whole folder on any web server and open it by its http:// address.'
    },
    browser: {
      zh: '这个浏览器太旧，不能运行沙盘（缺少 WebAssembly 或 JavaScript 模块）。请换用近几年的 Edge、Chrome、Firefox 或 Safari。',
      en: 'This browser is too old to run Shapan (it lacks WebAssembly or JavaScript modules). Please use an Edge, Chrome, Firefox or Safari of recent years.'
    },
    load: {
      zh: '沙盘没有载入成功：程序文件没有取到，或者不能在这个浏览器里运行。请重新载入本页；如果仍然不行，请检查网络，或换用近几年的浏览器。您保存的方案没有改动。',
      en: 'Shapan did not load: a program file did not arrive, or this browser cannot run it. Please reload this page; if that does not help, check the network or use a recent browser. Your saved plans are untouched.'
    }
  };

  function paragraph(language, text) {
    var element = document.createElement('p');
    element.setAttribute('lang', language);
    element.appendChild(document.createTextNode(text));
    return element;
  }

  function tell(reason, detail) {
    var boot = document.getElementById('boot');
    if (!boot || boot.getAttribute('role') === 'alert') return; // started, or already told
    while (boot.firstChild) boot.removeChild(boot.firstChild);
    boot.setAttribute('role', 'alert');
    boot.appendChild(paragraph('zh-Hans', reasons[reason].zh));
    boot.appendChild(paragraph('en', reasons[reason].en));
    if (detail) boot.appendChild(paragraph('en', detail));
  }

  if (location.protocol === 'file:') return tell('file');
  if (typeof WebAssembly !== 'object' || !('noModule' in document.createElement('script'))) {
    return tell('browser');
  }
  // start/load.js reports here when the program does not load or stops while starting.
  document.addEventListener('shapan-start-failed', function (event) {
    tell('load', event.detail);
  });
  // … unless it did not arrive itself: that shows only as an error of its element.
  document.addEventListener(
    'error',
    function (event) {
      if (event.target && event.target.tagName === 'SCRIPT') tell('load', event.target.src);
    },
    true
  );
})();
