/* The desk: dragging, keys, menus, the dialog for words. What is changed is posted; the issue comes back. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  /* What the arrows lead to. */
  const ITEMS = "#issue :is(.head, .line, .term, .said-by > button, button[value=hide-row])";
  const KEYS = { KeyP: "p", KeyD: "d", KeyS: "s", KeyT: "t", KeyL: "l", KeyH: "h", KeyW: "w", KeyM: "m" };
  let busy = null, back = null, opener = null, beside = null;
  const waiting = [];

  const name = item => item.dataset.article ? `${item.dataset.article}|${item.dataset.sentence}`
    : item.id || item.getAttribute("aria-label");
  const item = element => element && element.closest(ITEMS);
  const notice = text => `<div class="notice"><p>${text}</p></div>`;
  const say = text => { one("#said").textContent = text; };

  /* One change at a time: what is asked for meanwhile waits for the issue to come back. */
  function post(values) {
    if (!busy) htmx.ajax("POST", "change", { target: "#desk", swap: "outerHTML", values, source: ".desk" });
    else if (/^(undo|redo|up|down)$/.test(values.do) || JSON.stringify(values) !== busy) waiting.push(values);
  }
  function valuesOf(data) {
    const values = {};
    for (const key of data.keys()) {
      const own = data.getAll(key);
      if (key !== "version") values[key] = own.length > 1 ? own : own[0];
    }
    return values;
  }
  document.addEventListener("submit", event => {
    if (!busy || !event.target.matches("[hx-post]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    post(valuesOf(new FormData(event.target, event.submitter)));
  }, true);

  /* ── focus: it stays where it was, or goes to what comes next ── */
  function place(element = document.activeElement) {
    const here = item(element), button = element.closest("[data-key]");
    if (!here) return { id: element.id };
    const items = all(ITEMS), at = items.indexOf(here);
    return { own: name(here), key: button && button.dataset.key,
             next: [...items.slice(at + 1), ...items.slice(0, at).reverse()].map(name) };
  }
  function restore(to) {
    const found = new Map(all(ITEMS).map(one => [name(one), one]));
    const here = found.get(to.own);
    const there = here || (to.next || []).map(mark => found.get(mark)).find(Boolean)
      || (to.id && document.getElementById(to.id)) || one("#issue .head");
    if (!there) return;
    there.focus({ preventScroll: true });
    there.scrollIntoView({ block: "nearest" });
    // Its buttons can be seen, and have the focus, only now.
    const button = here && to.key && one(`[data-key="${to.key}"]:not(:disabled)`, here);
    if (button) button.focus({ preventScroll: true });
  }

  /* ── dragging ── */
  function sortable() {
    const animation = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120;
    const options = { handle: ".grip", animation, forceFallback: true, fallbackOnBody: true };
    for (const list of all("#issue .lines")) {
      new Sortable(list, { ...options, group: "lines", draggable: ".line", onEnd: lineMoved });
    }
    for (const list of all("#issue .stories")) {
      new Sortable(list, { ...options, group: "stories", draggable: ".story", onEnd: storyMoved });
    }
  }
  function lineMoved({ item: line, from, to, oldIndex, newIndex }) {
    const { story, article, sentence, theme } = line.dataset;
    const told = to.closest("article");
    if (told === from.closest("article")) {
      if (from === to && oldIndex === newIndex) return;
      const own = all(".line", told).filter(each => each.dataset.story === story);
      post({ do: "order-lines", story, lines: own.map(name) });
    } else if (to.dataset.theme !== theme) {
      post({ do: `move-line:${to.dataset.theme}`, story, article, sentence });
    } else {
      from.insertBefore(line, from.children[oldIndex] || null);
      say(one("#editor form").dataset.otherStory);
    }
  }
  function storyMoved({ item: story, from, to, oldIndex, newIndex }) {
    if (from !== to) post({ do: `move-story:${to.dataset.theme}`, story: story.dataset.story });
    else if (oldIndex !== newIndex) {
      const stories = all(":scope > [data-story]", to).map(each => each.dataset.story);
      post({ do: "order-stories", to: to.dataset.theme, stories });
    }
  }

  /* ── what stands beside ── */
  function close() {
    const side = one("#side");
    if (!beside) return;
    side.hidden = true; side.replaceChildren(); beside = null;
    document.body.classList.remove("beside");
    restore(opener || {});
  }

  /* ── words ── */
  let editing = null, unsaved = null;
  function edit(what, why = "") {
    const dialog = one("#editor"), form = one("form", dialog), text = one("#editor-text");
    editing = { ...what };
    one("#editor-why").textContent = why;
    one("#editor-title").textContent = form.dataset[editing.edit];
    one("#editor-note").textContent = form.dataset[`${editing.edit}Note`];
    text.value = editing.text ?? one(`[data-story="${editing.story}"] h3`).textContent;
    text.rows = editing.edit === "words" ? 6 : 2;
    text.maxLength = editing.edit === "words" ? 5000 : 300;
    back = place();
    dialog.showModal();
    text.select();
  }
  function written(dialog) {
    const { edit: what, story, place } = editing, text = one("#editor-text").value;
    const values = { do: what, text };
    if (place) values.place = place; else values.story = story;
    unsaved = dialog.returnValue === "save" ? { ...editing, text } : null;
    if (unsaved) post(values); else back = null;
  }

  /* ── keys and clicks ── */
  /* The themes stand in the page once; a menu gets them when it opens. */
  function filled(menu) {
    const { moves } = menu.dataset;
    if (moves && !one(".list", menu)) {
      menu.append(one("#themes").content.cloneNode(true));
      for (const button of all("button", menu)) {
        if (button.value === menu.closest("[data-theme]").dataset.theme) button.remove();
        else button.value = `move-${moves}:${button.value}`;
      }
    }
    return menu;
  }
  function press(here, key) {
    const target = one(`[data-key="${key}"]`, here);
    if (!target || target.disabled) return;
    if (target.matches("summary")) {
      filled(target.parentElement).open = true;
      one(".list button", target.parentElement).focus();
    } else target.click();
  }
  function walk(from, among, by) {
    const to = among[Math.min(among.length - 1, Math.max(0, among.indexOf(from) + by))];
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", event => {
    const { target, code } = event;
    if (target.closest("dialog, input, textarea, select")) {
      if (target.id === "editor-text" && code === "Enter" && (event.ctrlKey || event.metaKey || target.rows < 3)
          && !event.isComposing) {
        event.preventDefault();
        one('#editor button[value="save"]').click();
      }
      return;
    }
    if ((event.ctrlKey || event.metaKey) && code === "KeyZ") {
      event.preventDefault();
      post({ do: event.shiftKey ? "redo" : "undo" });
      return;
    }
    if (code === "Escape") {
      const menu = target.closest("details.menu[open]");
      if (menu) { menu.open = false; one("summary", menu).focus(); } else close();
      return;
    }
    const by = { ArrowUp: -1, ArrowDown: 1, Home: -1e6, End: 1e6 }[code];
    const list = target.closest(".menu .list");
    if (by && list) { event.preventDefault(); walk(target, all("button", list), by); return; }
    const here = item(target);
    if (!here || event.ctrlKey || event.metaKey) return;
    if (by) {
      event.preventDefault();
      if (event.altKey) press(here, by < 0 ? "up" : "down");
      else walk(here, all(ITEMS), by);
    } else if ((target === here || target.closest(".tools")) && !event.altKey && KEYS[code]) {
      event.preventDefault();
      press(here, KEYS[code]);
    } else if (target === here && event.key === "?") one("#help").showModal();
  });
  document.addEventListener("click", event => {
    const { target } = event;
    const edited = target.closest("[data-edit]"), menu = target.closest("summary");
    if (menu) filled(menu.parentElement);
    const opens = target.closest("[data-open]");
    if (opens) htmx.ajax("GET", `article?article=${opens.dataset.open}`,
                         { target: "#side", swap: "innerHTML", source: opens });
    if (edited) edit(edited.dataset);
    if (target.closest("[data-close]")) close();
    if (target.closest("[data-dismiss]")) one("#alert").replaceChildren();
    if (target.closest("#open-help")) one("#help").showModal();
    for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  });
  document.addEventListener("focusin", ({ target }) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  });
  one("#editor").addEventListener("close", ({ target }) => written(target));

  /* ── asking ── */
  const body = document.body;
  body.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb === "post") detail.parameters.version = one("#desk").dataset.version;
  });
  body.addEventListener("htmx:beforeRequest", event => {
    const { verb, formData } = event.detail.requestConfig;
    if (verb === "post") {
      busy = JSON.stringify(valuesOf(formData));
      back = back || place();
    } else if (event.detail.elt.matches("#issue button, .bar button")) opener = place(event.detail.elt);
  });
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.requestConfig.verb !== "post") return;
    const { status } = detail.xhr;
    busy = null;
    if (status === 200) {
      if (!waiting.length) unsaved = null;
      else post(waiting.shift());
      return;
    }
    waiting.length = 0;
    if (status) again();
    // What somebody wrote is not lost: it can be saved once more.
    if (unsaved) edit(unsaved, one("#alert").textContent.trim() || one("#editor form").dataset.lost);
  });
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { status } = detail.xhr;
    if (status < 400) return;
    detail.shouldSwap = true; detail.isError = false;
    detail.target = one("#alert"); detail.swapOverride = "innerHTML";
    if (status === 403 || status === 421) detail.serverResponse = notice(one("#editor form").dataset.gone);
  });
  body.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target.id === "desk") {
      if (detail.requestConfig.verb === "post") one("#alert").replaceChildren();
      sortable();
      const { do: done = "", article } = detail.requestConfig.parameters;
      if (beside && done.startsWith("swap")) {
        opener = { ...opener, own: `${article}|${done.slice(5)}`, key: null };
        back = null;
        close();
      } else if (beside) {
        htmx.ajax("GET", beside, { target: "#side", swap: "innerHTML", source: ".desk" });
      }
      if (back && !one("#side").contains(document.activeElement)) restore(back);
      back = null;
    } else if (detail.target.id === "side") {
      const fresh = beside !== detail.pathInfo.finalRequestPath;
      beside = detail.pathInfo.finalRequestPath;
      detail.target.hidden = false;
      body.classList.add("beside");
      if (fresh || !detail.target.contains(document.activeElement)) {
        detail.target.scrollTop = 0;
        one("#side-title").focus({ preventScroll: true });
      }
    }
  });
  body.addEventListener("htmx:sendError", () => {
    one("#alert").innerHTML = notice(one("#editor form").dataset.lost);
  });
  body.addEventListener("said", ({ detail }) => say(detail.value));
  /* What was refused may be dragged already, and another window may have changed the rest. */
  function again() { htmx.ajax("GET", "issue", { target: "#desk", swap: "outerHTML", source: ".desk" }); }

  sortable();
})();
