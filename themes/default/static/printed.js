/* Finds on which page of A4 each section begins: the document is laid out in columns of a page's size, which break where
   pages do. The numbers take room themselves, so it is done until nothing moves any more. */
(() => {
  const root = document.documentElement;
  const flow = document.querySelector(".flow");
  const places = [...document.querySelectorAll("[data-of]")];
  const measure = () => {
    root.classList.add("measuring");
    const start = flow.getBoundingClientRect().left;
    const ruler = document.createElement("div");
    ruler.style.setProperty("inline-size", "186mm");
    ruler.style.setProperty("position", "absolute");
    document.body.append(ruler);
    const step = ruler.getBoundingClientRect().width;
    ruler.remove();
    const pages = new Map();
    for (const { dataset } of places) {
      const target = document.getElementById(dataset.of);
      const box = target && target.getClientRects()[0];
      if (box) pages.set(dataset.of, Math.round((box.left - start) / step) + 1);
    }
    root.classList.remove("measuring");
    return pages;
  };
  const write = () => {
    let moved = false;
    const pages = measure();
    for (const place of places) {
      const page = pages.get(place.dataset.of);
      if (!page) continue;
      const words = place.className === "on-page" ? `, page ${page}` : String(page);
      moved ||= place.textContent !== words;
      place.textContent = words;
    }
    return moved;
  };
  addEventListener("load", () => {
    for (let round = 0; round < 4 && write(); round += 1);
  });
})();
