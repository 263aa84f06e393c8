// On a narrow page the labels of a chart stand above its bars, so that the bars have the whole width.
"use strict";

const NARROW_PLACE = 520; // Pixels; below it labels beside the bars would leave them no room.
const LABEL_LINE = 14;
const ROW_BELOW_LABEL = 30;
const FIGURE_ABOVE = 24; // More of it where the figures stand above their marks.
const LEGEND_COLUMNS = 2;

function labelLines(labels) {
  return Math.max(1, ...labels.map((label) => label.split("\n").length));
}

function rowAxis(layers) {
  for (const layer of layers) {
    const y = layer.encoding && layer.encoding.y;
    if (y && y.field === "label") return y;
    const inner = layer.layer && rowAxis(layer.layer);
    if (inner) return inner;
  }
  return null;
}

function hasFiguresAbove(layer) {
  if (layer.layer) return layer.layer.some(hasFiguresAbove);
  const y = layer.encoding && layer.encoding.y;
  return Boolean(y && y.field === "label" && layer.mark.type === "text" && layer.mark.dy <= -LABEL_LINE / 2);
}

function lowered(layer, room, below) {
  if (layer.layer) return { ...layer, layer: layer.layer.map((each) => lowered(each, room, below)) };
  const y = layer.encoding && layer.encoding.y;
  if (!y || y.field !== "label") return layer;
  const mark = typeof layer.mark === "string" ? { type: layer.mark } : { ...layer.mark };
  mark.yOffset = room / 2;
  if (mark.height && mark.height.band) mark.height = { band: (mark.height.band * below) / (room + below) };
  const axis = {
    ...y.axis, labelAlign: "left", labelBaseline: "bottom", labelPadding: 0, tickSize: 0, zindex: 1,
    labelOffset: { expr: `${room / 2 - below / 2} - ${LABEL_LINE} * (length(split(datum.label, '\\n')) - 1)` },
    orient: "left", offset: 0,
  };
  return { ...layer, mark, encoding: { ...narrowLegend(layer.encoding), y: { ...y, axis } } };
}

function narrowLegend(encoding) {
  const colour = encoding.color;
  if (!colour || !colour.legend) return encoding;
  return { ...encoding, color: { ...colour, legend: { ...colour.legend, columns: LEGEND_COLUMNS } } };
}

function forNarrowPlace(specification, width) {
  const y = width < NARROW_PLACE && specification.layer && rowAxis(specification.layer);
  if (!y) return specification;
  const rows = y.scale.domain.length;
  const room = LABEL_LINE * labelLines(y.scale.domain) + 4;
  const below = ROW_BELOW_LABEL + (specification.layer.some(hasFiguresAbove) ? FIGURE_ABOVE : 0);
  return {
    ...specification, height: (room + below) * rows, padding: { ...specification.padding, left: 4 },
    layer: specification.layer.map((layer) => lowered(layer, room, below)),
  };
}

window.forNarrowPlace = forNarrowPlace;
