/* The desk: dragging, keys, menus, the dialog for words. What is changed is posted; the issue comes back. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const ITEMS = "#issue .head, #issue .line, #issue .term";
  const KEYS = { KeyP: "p", KeyD: "d", KeyS: "s", KeyT: "t", KeyL: "l", KeyH: "h", KeyW: "w", KeyM: "m" };
  let busy = false, back = null, opener = null, beside = null;

  const name = item => item.dataset.article ? `${item.dataset.article}|${item.dataset.sentence}` : item.id;
  const item = element => element && element.closest(ITEMS);
  const say = text => { one("#said").textContent = text; };

  function post(values) {
    if (!busy) htmx.ajax("POST", "change", { target: "#desk", swap: "outerHTML", values, source: ".desk" });
  }

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
    if (from === to) {
      if (oldIndex === newIndex) return;
      const own = all(".line", to).filter(each => each.dataset.story === story);
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
  let editing = null;
  function edit(button) {
    const dialog = one("#editor"), form = one("form", dialog), text = one("#editor-text");
    editing = button.dataset;
    one("#editor-title").textContent = form.dataset[editing.edit];
    one("#editor-note").textContent = form.dataset[`${editing.edit}Note`];
    text.value = editing.text;
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
    if (dialog.returnValue === "save") post(values); else back = null;
  }

  /* ── keys and clicks ── */
  function press(here, key) {
    const target = one(`[data-key="${key}"]`, here);
    if (!target || target.disabled) return;
    if (target.matches("summary")) {
      target.parentElement.open = true;
      one(".list button", target.parentElement).focus();
    } else target.click();
  }
  function walk(from, among, by) {
    const to = among[among.indexOf(from) + by];
    if (to) { to.focus(); to.scrollIntoView({ block: "nearest" }); }
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
      one(event.shiftKey ? "#redo" : "#undo").click();
      return;
    }
    if (code === "Escape") {
      const menu = target.closest("details.menu[open]");
      if (menu) { menu.open = false; one("summary", menu).focus(); } else close();
      return;
    }
    const by = { ArrowUp: -1, ArrowDown: 1 }[code];
    const list = target.closest(".menu .list");
    if (by && list) { event.preventDefault(); walk(target, all("button", list), by); return; }
    const here = item(target);
    if (!here || event.ctrlKey || event.metaKey) return;
    if (by) {
      event.preventDefault();
      if (event.altKey) press(here, by < 0 ? "up" : "down"); else walk(here, all(ITEMS), by);
    } else if (target === here && !event.altKey && KEYS[code]) {
      event.preventDefault();
      press(here, KEYS[code]);
    } else if (target === here && event.key === "?") one("#help").showModal();
  });
  document.addEventListener("click", event => {
    const { target } = event;
    const edited = target.closest("[data-edit]");
    if (edited) edit(edited);
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
    const posting = event.detail.requestConfig.verb === "post";
    if (posting && busy) { event.preventDefault(); return; }
    if (posting) {
      busy = true;
      back = back || place();
    } else if (event.detail.elt.matches("#issue button, .bar button")) opener = place(event.detail.elt);
  });
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.requestConfig.verb === "post") { busy = false; if (detail.xhr.status >= 400) again(); }
  });
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { status } = detail.xhr;
    if (status >= 400) { detail.shouldSwap = true; detail.isError = false; detail.target = one("#alert");
                         detail.swapOverride = "innerHTML"; }
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
  body.addEventListener("htmx:sendError", () => { say(one("#editor form").dataset.lost); });
  body.addEventListener("said", ({ detail }) => say(detail.value));
  /* What was refused may be dragged already, and another window may have changed the rest. */
  function again() { htmx.ajax("GET", "issue", { target: "#desk", swap: "outerHTML", source: ".desk" }); }

  sortable();
})();
