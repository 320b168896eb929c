// Makes a drawing of who is said to act on whom answer to pointer and keyboard. Without this script it is a picture and a table.
for (const picture of document.querySelectorAll("svg.picture")) {
  const table = document.getElementById(picture.dataset.table);
  const edges = [...picture.querySelectorAll("[data-edge]")];
  const nodes = [...picture.querySelectorAll("[data-node]")];
  const rows = [...table.querySelectorAll("tr[data-edge]")];
  const acts = new Set();

  const show = (lit) => {
    const names = new Set(lit && edges.filter((e) => lit.has(e.dataset.edge)).flatMap((e) => [e.dataset.from, e.dataset.to]));
    for (const edge of edges) edge.classList.toggle("dim", Boolean(lit) && !lit.has(edge.dataset.edge));
    for (const node of nodes) node.classList.toggle("dim", Boolean(lit) && !names.has(node.dataset.node));
    for (const row of rows) row.classList.toggle("lit", Boolean(lit) && lit.has(row.dataset.edge));
  };
  const of = (name) => new Set(edges.filter((e) => !e.hasAttribute("hidden") && (e.dataset.from === name || e.dataset.to === name)).map((e) => e.dataset.edge));

  for (const node of nodes) {
    const light = () => show(of(node.dataset.node));
    node.addEventListener("pointerenter", light);
    node.addEventListener("pointerleave", () => show(null));
    node.addEventListener("focusin", light);
    node.addEventListener("focusout", () => show(null));
  }
  for (const part of [...edges, ...rows]) {
    part.addEventListener("pointerenter", () => show(new Set([part.dataset.edge])));
    part.addEventListener("pointerleave", () => show(null));
    acts.add(part.dataset.act);
  }
  for (const row of rows) {
    row.addEventListener("focusin", () => show(new Set([row.dataset.edge])));
    row.addEventListener("focusout", () => show(null));
  }

  if (acts.size > 1) {
    const choice = document.createElement("fieldset");
    choice.className = "acts";
    const legend = document.createElement("legend");
    legend.textContent = "Show";
    choice.append(legend);
    for (const act of [...acts].sort()) {
      const label = document.createElement("label");
      const box = document.createElement("input");
      Object.assign(box, { type: "checkbox", checked: true, value: act });
      box.addEventListener("change", () => {
        for (const part of [...edges, ...rows]) if (part.dataset.act === act) part.toggleAttribute("hidden", !box.checked);
      });
      label.append(box, ` ${act}`);
      choice.append(label);
    }
    picture.parentElement.before(choice);
  }
}
