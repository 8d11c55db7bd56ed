// A check that runs in a page: text that can hardly be read.

/** Elements whose own text has a contrast under 4.5 (WCAG 2.2, 1.4.3) against the nearest background. */
export const LOW_CONTRAST = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => (c * top[3] + below[i] * (255 - top[3])) / 255);
  const background = (element) => {
    if (element === null) return rgba(getComputedStyle(document.body).backgroundColor).slice(0, 3);
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 255 ? own.slice(0, 3) : over(own, background(element.parentElement));
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((one) => !one.closest("script, title") && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ""))
    .flatMap((one) => {
      const style = getComputedStyle(one);
      const text = rgba(one.closest("svg") ? style.fill : style.color);
      const [a, b] = [luminance(text.slice(0, 3)), luminance(background(one))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return contrast < 4.5 ? [one.tagName + "." + one.className + " " + contrast.toFixed(2)] : [];
    });
})()`;
