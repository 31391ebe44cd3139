// What a page looks like, measured in the browser by tests/test_browser.py.

// For every element that shows words: what they are, their size, and the contrast with what is
// behind them (WCAG 2.2, "relative luminance").
var words = () => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((part) => {
      const s = part / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (one) => {
    const colour = getComputedStyle(one).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" ? behind(one.parentElement) : colour;
  };
  const all = [...document.body.querySelectorAll("*:not(.unseen)")];
  const own = (one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const shown = all.filter((one) => (own(one) || one.placeholder) && one.checkVisibility());
  return shown.map((one) => {
    const pseudo = one.placeholder ? "::placeholder" : null;
    const [a, b] = [light(getComputedStyle(one, pseudo).color), light(behind(one))];
    return {
      words: one.placeholder || one.textContent,
      size: parseFloat(getComputedStyle(one).fontSize),
      contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
    };
  });
};

// Everything that is tapped or written in: its name and its size.
var targets = () => [...document.querySelectorAll("a, button, textarea")].map((one) => {
  const { width, height } = one.getBoundingClientRect();
  return { name: one.ariaLabel || one.textContent, width, height };
});

// By how many pixels the page is wider than its window.
var overflow = () => Math.max(...[document.documentElement, document.getElementById("log")].map(
  (one) => one.scrollWidth - one.clientWidth));
