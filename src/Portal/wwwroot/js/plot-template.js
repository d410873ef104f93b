// The look of every plot, in tokens: plot.js resolves "var(--…)" in the theme that is shown.
const font = '"IBM Plex Sans Variable", system-ui, "Segoe UI", Roboto, Arial, sans-serif';
const small = color => ({ family: font, size: 11.5, color });

const axis = showline => ({
  showgrid: true, gridcolor: 'var(--plot-grid)', gridwidth: 1,
  zeroline: false, zerolinecolor: 'var(--plot-zero)', zerolinewidth: 1,
  showline, linecolor: 'var(--plot-axis)', linewidth: 1,
  ticks: '', ticklen: 4, tickcolor: 'var(--plot-axis)', tickfont: small('var(--plot-text)'),
  title: { font: small('var(--plot-text)'), standoff: 10 },
  automargin: true, separatethousands: true, nticks: 6,
  spikecolor: 'var(--ink-3)', spikethickness: 1, spikedash: '1px 3px', fixedrange: false,
});

const colorbar = { outlinewidth: 0, thickness: 8, len: 0.5, ticks: '', tickfont: small('var(--plot-text)') };
const ramp = [0, 1, 2, 3, 4, 5, 6].map(i => [i / 6, `var(--ramp-${i})`]);
const diverging = [
  [0, 'n4'], [0.125, 'n3'], [0.25, 'n2'], [0.4, 'n1'], [0.5, '0'], [0.6, 'p1'], [0.75, 'p2'], [0.875, 'p3'], [1, 'p4'],
].map(([at, step]) => [at, `var(--div-${step})`]);
const whisker = thickness => ({ color: 'var(--ink)', thickness, width: 4 });

export const template = {
  layout: {
    font: small('var(--plot-text)'), title: { text: '' },
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    margin: { l: 48, r: 12, t: 12, b: 40, pad: 0 },
    colorway: [1, 2, 3, 4, 5, 6].map(i => `var(--cat-${i})`),
    colorscale: { sequential: ramp, sequentialminus: [...ramp].reverse().map(([at, color]) => [1 - at, color]), diverging },
    coloraxis: { colorbar },
    xaxis: axis(true), yaxis: axis(false), separators: '.,',
    hovermode: 'closest', hoverdistance: 24,
    hoverlabel: { bgcolor: 'var(--raised)', bordercolor: 'var(--edge)', align: 'left', namelength: -1, font: { family: font, size: 12, color: 'var(--ink)' } },
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom', bgcolor: 'rgba(0,0,0,0)', font: { size: 12, color: 'var(--ink-2)' }, itemsizing: 'constant', tracegroupgap: 4 },
    bargap: 0.42, waterfallgap: 0.42, bargroupgap: 0.08, barcornerradius: 0, dragmode: false,
    annotationdefaults: { font: small('var(--ink)'), showarrow: false, bgcolor: 'rgba(0,0,0,0)', borderpad: 2 },
    shapedefaults: { line: { color: 'var(--plot-limit)', width: 1.25, dash: '5px 3px' } },
    transition: { duration: 0 }, uniformtext: { minsize: 11, mode: 'hide' },
  },
  data: {
    scatter: [{ line: { width: 1.75, shape: 'linear' }, marker: { size: 6, line: { width: 0 } }, error_x: whisker(1.25), error_y: whisker(1.25) }],
    bar: [{ marker: { color: 'var(--plot-mass)', line: { width: 0 } }, error_x: whisker(1.4), error_y: whisker(1.4) }],
    waterfall: [{
      increasing: { marker: { color: 'var(--div-p3)' } }, decreasing: { marker: { color: 'var(--div-n3)' } },
      totals: { marker: { color: 'var(--plot-mass)' } },
      connector: { line: { color: 'var(--plot-axis)', width: 1, dash: '2px 2px' }, mode: 'between' },
    }],
    heatmap: [{ xgap: 1, ygap: 1, colorbar, colorscale: diverging, zmid: 0 }],
    histogram: [{ marker: { color: 'var(--plot-mass)', line: { width: 0 } } }],
    box: [{ line: { width: 1.25 }, fillcolor: 'rgba(0,0,0,0)', marker: { size: 3 } }],
  },
};

// Six numbers along a narrow axis would be turned to fit.
export const narrowTemplate = { ...template, layout: { ...template.layout, xaxis: { ...template.layout.xaxis, nticks: 4 } } };

export const config = { displaylogo: false, displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: 'reset', locale: 'en' };
