// Traces of type "dots": thousands of small circles. Plotly styles every mark of a scatter by itself, and twice, which takes
// a second for some thousands; here all dots of one colour are one path, a shape of the layout, so that themes and exports
// have them, and a trace without marks stays for what a pointer hovers and clicks.
const levels = 24; // of colour: more than the eye tells apart in dots of this size

export function withDots(data, layout) {
  const dots = data.filter(trace => trace.type === 'dots');
  if (dots.length === 0) return { data, layout };
  const { l, r, t, b } = layout.margin;
  const unit = (axis, room) => Math.abs(axis.range[1] - axis.range[0]) / Math.max(1, room); // of the axis, a pixel
  const perX = unit(layout.xaxis, layout.width - l - r);
  const perY = unit(layout.yaxis, layout.height - t - b);
  const paths = new Map();
  for (const trace of dots) {
    const ramp = shades(trace.marker.colors);
    const [dx, dy] = [perX * trace.marker.size / 2, perY * trace.marker.size / 2];
    trace.x.forEach((x, i) => {
      const shade = trace.shade[i];
      const color = shade === null ? trace.marker.without : ramp[Math.round(shade * (levels - 1))];
      if (!paths.has(color)) paths.set(color, []);
      paths.get(color).push(circle(x, trace.y[i], dx, dy));
    });
  }
  const shapes = [...paths].map(([color, circles]) => ({
    type: 'path', path: circles.join(''), xref: 'x', yref: 'y', layer: 'above', fillcolor: color, fillrule: 'nonzero', opacity: 0.9, line: { width: 0 },
  }));
  return {
    data: data.map(trace => trace.type === 'dots' ? hovered(trace) : trace),
    layout: {
      ...layout, shapes: [...layout.shapes ?? [], ...shapes],
      xaxis: { ...layout.xaxis, fixedrange: true }, yaxis: { ...layout.yaxis, fixedrange: true }, // stretched axes would stretch the dots
    },
  };
}

function hovered({ shade, marker, ...trace }) {
  return { ...trace, type: 'scatter', mode: 'none' };
}

// Four curves: within 6 % of a circle, which is a tenth of a pixel here.
function circle(x, y, dx, dy) {
  const [left, mid, right] = [x - dx, x, x + dx].map(short);
  const [low, at, high] = [y - dy, y, y + dy].map(short);
  return `M${left},${at}Q${left},${low} ${mid},${low}Q${right},${low} ${right},${at}Q${right},${high} ${mid},${high}Q${left},${high} ${left},${at}Z`;
}

function short(number) {
  return Number(number.toPrecision(7));
}

// The ramp in steps, between colours that the browser has computed: "rgb(0, 90, 160)".
function shades(colors) {
  const parts = colors.map(color => color.match(/[\d.]+/g).slice(0, 3).map(Number));
  return Array.from({ length: levels }, (_, level) => {
    const place = level / (levels - 1) * (parts.length - 1);
    const at = Math.min(Math.floor(place), parts.length - 2);
    return `rgb(${parts[at].map((part, i) => Math.round(part + (place - at) * (parts[at + 1][i] - part))).join(', ')})`;
  });
}
