// Search over all pages without a server: every word that is typed must stand in the page; titles count first.
"use strict";

function search(pages, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const rank = (page) => words.every((word) => page.title.toLowerCase().includes(word)) ? 0 : 1;
  return pages
    .filter((page) => words.every((word) => (page.title + " " + page.text).toLowerCase().includes(word)))
    .sort((one, other) => rank(one) - rank(other) || one.path.localeCompare(other.path))
    .slice(0, 30);
}

if (typeof document !== "undefined") {
  const found = document.getElementById("found");
  document.getElementById("search").addEventListener("input", (event) => {
    found.replaceChildren(...search(PAGES, event.target.value).map((page) => {
      const link = document.createElement("a");
      link.href = document.body.dataset.up + page.path;
      link.textContent = page.title;
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
  });
} else {
  module.exports = { search };
}
