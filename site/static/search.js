// Searches the index that was built with the pages. Nothing is sent anywhere; every text is put in as text.
const PAGE = 15;
const LISTED = 12; // values of a facet; those that are chosen stay, however rare
const form = document.querySelector("#search");
const field = form.elements.q;
const facets = document.querySelector("#facets");
const results = document.querySelector("#results");
const count = document.querySelector("#count");
const more = document.querySelector("#more");
const ORDER = ["type", "flag", "status", "kind", "outlet", "company", "model", "year", "month", "language"];

let pagefind;
// what the large index still holds of pages that the small one has anew: name → facets
let stale = {};
let found = [];
let shown = 0;
let turn = 0;

const chosen = () => {
  const filters = {};
  for (const box of facets.querySelectorAll("input:checked")) (filters[box.name] ??= []).push(box.value);
  return Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, { any: values }]));
};

const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const decoded = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

const excerpt = (marked) => {
  const paragraph = element("p", "excerpt");
  marked.split(/<\/?mark>/).forEach((part, index) => paragraph.append(index % 2 ? element("mark", "", decoded(part)) : decoded(part)));
  return paragraph;
};

const show = async () => {
  const mine = turn;
  const batch = await Promise.all(found.slice(shown, shown + PAGE).map((result) => result.data()));
  if (mine !== turn) return;
  for (const data of batch) {
    const item = element("li", "result");
    const link = element("a", "", data.meta.title);
    link.href = new URL(data.url.replace(/^\//, ""), new URL(".", location.href)).href;
    const about = [data.meta.type, data.meta.outlet, data.meta.date].filter(Boolean).join(", ");
    item.append(link, element("span", "where", about), excerpt(data.excerpt));
    results.append(item);
  }
  shown += batch.length;
  more.hidden = shown >= found.length;
};

const group = (name, values, filters) => {
  const kept = new Set(filters[name]?.any ?? []);
  const listed = Object.entries(values).filter(([value, number]) => number || kept.has(value));
  if (!listed.length) return null;
  listed.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const box = element("fieldset", "facet");
  box.append(element("legend", "", name));
  for (const [value, number] of listed.filter(([value], place) => place < LISTED || kept.has(value))) {
    const label = element("label");
    const input = element("input");
    Object.assign(input, { type: "checkbox", name, value, checked: kept.has(value) });
    label.append(input, ` ${value} `, element("span", "n", String(number)));
    box.append(label);
  }
  if (listed.length > LISTED) box.append(element("p", "note", `The ${LISTED} most frequent of ${listed.length}`));
  return box;
};

const less = (counts, results) => {
  for (const { id } of results) {
    for (const [name, values] of Object.entries(stale[id] ?? {})) for (const value of values) if (counts[name]?.[value]) counts[name][value] -= 1;
  }
  return counts;
};

const search = async () => {
  const mine = ++turn;
  const filters = chosen();
  const words = field.value.trim();
  const answer = await pagefind.search(words || null, { filters });
  if (Object.keys(stale).length) {
    const all = Object.keys(filters).length ? await pagefind.search(words || null, {}) : answer;
    less(answer.totalFilters, all.results);
    answer.results = answer.results.filter(({ id }) => !(id in stale));
  }
  if (mine !== turn) return;
  found = answer.results;
  shown = 0;
  results.replaceChildren();
  count.textContent = `${found.length} ${found.length === 1 ? "page" : "pages"}`;
  const focused = document.activeElement?.closest("#facets") ? [document.activeElement.name, document.activeElement.value] : null;
  const names = [...ORDER.filter((name) => name in answer.totalFilters), ...Object.keys(answer.totalFilters).filter((name) => !ORDER.includes(name))];
  facets.replaceChildren(...names.map((name) => group(name, answer.totalFilters[name], filters)).filter(Boolean));
  if (focused) [...facets.querySelectorAll("input")].find((box) => box.name === focused[0] && box.value === focused[1])?.focus();
  const query = new URLSearchParams(words ? { q: words } : {});
  for (const [name, { any }] of Object.entries(filters)) any.forEach((value) => query.append(name, value));
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  await show();
};

const start = async () => {
  pagefind = await import("../pagefind/pagefind.js");
  await pagefind.options({ excerptLength: 32 });
  const late = await (await fetch(new URL("../pagefind-late/stale.json", import.meta.url))).json();
  stale = late.stale;
  if (late.late) await pagefind.mergeIndex(new URL("../pagefind-late/", import.meta.url).pathname);
  const query = new URLSearchParams(location.search);
  field.value = query.get("q") ?? "";
  const all = less(await pagefind.filters(), Object.keys(stale).map((id) => ({ id })));
  const asked = {};
  for (const [name, value] of query) if (name !== "q") (asked[name] ??= { any: [] }).any.push(value);
  facets.replaceChildren(...ORDER.filter((name) => name in all).map((name) => group(name, all[name], asked)).filter(Boolean));
  document.querySelector("#narrow").open = matchMedia("(min-width: 50rem)").matches || Object.keys(asked).length > 0;
  form.hidden = false;
  if (query.size) await search();
};

let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
facets.addEventListener("change", search);
more.addEventListener("click", show);
start().catch(() => {
  form.replaceChildren(element("p", "note", "The index could not be loaded; the search in the database below works without it."));
  form.hidden = false;
});
