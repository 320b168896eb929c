// What Datasette's editor makes after the page has come, and leaves without a name or out of the keyboard's reach.
addEventListener("load", () => setTimeout(() => {
  for (const area of document.querySelectorAll(".CodeMirror textarea")) area.setAttribute("aria-label", "SQL");
  for (const shown of document.querySelectorAll("pre")) shown.tabIndex = 0;
}));
