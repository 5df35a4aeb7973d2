// A drawing as a picture. A picture sees no style sheet, so every colour and line goes into it as an attribute;
// it comes as a `data:` address, which the content security policy allows.

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
];
const SCALE = 2;
const ROW = 24;

/**
 * Saves the drawing, with its legend below, under that name.
 * @param {SVGSVGElement} svg
 * @param {string} name
 * @param {{ words: string, colour: string }[]} legend
 */
export async function savePicture(svg, name, legend) {
  const { width, height } = svg.viewBox.baseVal;
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = (height + (legend.length ? ROW : 0)) * SCALE;
  const context = canvas.getContext("2d");
  if (!context) return;
  const page = getComputedStyle(document.body);
  context.scale(SCALE, SCALE);
  context.fillStyle = page.backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(await imageOf(svg), 0, 0, width, height);
  drawLegend(context, legend, page, height + ROW / 2);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = name;
  link.click();
}

/** @param {SVGSVGElement} svg */
async function imageOf(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute("width", String(width * SCALE));
  copy.setAttribute("height", String(height * SCALE));
  const seen = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, number) => {
    const style = getComputedStyle(seen[number]);
    for (const one of STYLES) element.setAttribute(one, style.getPropertyValue(one));
  });
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ words: string, colour: string }[]} legend
 * @param {CSSStyleDeclaration} page
 * @param {number} y
 */
function drawLegend(context, legend, page, y) {
  context.font = `12px ${page.fontFamily}`;
  context.textBaseline = "middle";
  let x = 68;
  for (const { words, colour } of legend) {
    context.fillStyle = colour;
    context.fillRect(x, y - 5, 10, 10);
    context.fillStyle = page.color;
    context.fillText(words, x + 15, y);
    x += 15 + context.measureText(words).width + 20;
  }
}
