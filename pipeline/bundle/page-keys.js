// Opens a page of the report by one key. Without this script the same links are there to be followed.
{
  const chooser = document.querySelector(".chooser");
  const links = [...chooser.querySelectorAll("[data-key]")];
  const box = chooser.querySelector("input");
  const said = chooser.querySelector("output");
  const name = "milepost-keys";

  // A page opened from disk may have no storage, and says so by throwing.
  const wanted = () => {
    try {
      return localStorage.getItem(name) !== "off";
    } catch {
      return box.checked;
    }
  };
  const remember = (on) => {
    try {
      localStorage.setItem(name, on ? "on" : "off");
    } catch {}
  };
  const show = (on) => {
    box.checked = on;
    document.documentElement.classList.toggle("keys", on);
    for (const link of links) {
      if (on) link.setAttribute("aria-keyshortcuts", link.dataset.key);
      else link.removeAttribute("aria-keyshortcuts");
    }
  };

  // A key that means something where it is pressed keeps that meaning.
  const isTaken = (event) => {
    if (event.defaultPrevented || event.repeat || event.isComposing) return true;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return true;
    const at = event.target;
    if (at.matches("textarea, select, input:not([type=checkbox])") || at.isContentEditable) return true;
    const frame = at.closest(".frame");
    return event.key.startsWith("Arrow") && frame !== null && frame.scrollWidth > frame.clientWidth;
  };

  chooser.querySelector(".switch").hidden = false;
  if (matchMedia("(max-width: 63.99rem)").matches) chooser.querySelector("details").open = false;
  box.addEventListener("change", () => {
    remember(box.checked);
    show(box.checked);
    said.textContent = box.checked ? said.dataset.on : said.dataset.off;
  });
  document.addEventListener("keydown", (event) => {
    if (!box.checked || isTaken(event)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const link = links.find(({dataset}) => dataset.key === key);
    if (link === undefined) return;
    event.preventDefault();
    location.href = link.href;
  });
  // Also when the page comes back out of the browser's history.
  addEventListener("pageshow", () => show(wanted()));
  show(wanted());
}
