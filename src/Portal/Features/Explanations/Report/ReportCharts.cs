using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>The drawings over all rows of a self-contained report. Pure.</summary>
internal static class ReportCharts
{
    private const int Width = 760;
    private const int Line = 24;
    private const int Top = 10;
    private const int Bottom = 40;
    private const int MostLabel = 190;
    private const int Bins = 70;

    /// <summary>Dots drawn a feature; of more rows the first.</summary>
    public const int MostDots = 400;

    /// <summary>Mean |attribution| of each feature with its whisker.</summary>
    /// <param name="ranked">The features, the most important first.</param>
    /// <param name="unit">What it is measured in.</param>
    /// <param name="rows">How many rows.</param>
    public static string Bars(IReadOnlyList<RankedFeature> ranked, AttributionUnit unit, int rows)
    {
        int height = Top + (ranked.Count * Line) + Bottom;
        double left = LabelRoom(ranked.Select(feature => feature.Importance.Feature));
        ChartScale scale = new(ranked.SelectMany(feature => (double[])[0, feature.Importance.MeanAbsolute, feature.Importance.Interval[1]]), left, Width - 70);
        Svg svg = new(Width, height, $"Mean absolute attribution of {ranked.Count} features over {PlainNumbers.Count(rows)} rows, {unit.Words}, with 95 % intervals");
        scale.Draw(svg, Top, height - Bottom, $"Mean absolute attribution, {unit.Words}");
        for (int i = 0; i < ranked.Count; i++)
        {
            FeatureImportance feature = ranked[i].Importance;
            double y = Top + (i * Line);
            svg.Text(left - 8, y + 16, Svg.Fit(feature.Feature, left - 12), "end");
            svg.Rectangle(scale.At(0), y + 5, scale.At(feature.MeanAbsolute) - scale.At(0), Line - 10, ranked[i].Resolved ? "mass" : "mass pale");
            if (feature.Interval[1] > feature.Interval[0])
            {
                svg.Whisker(scale.At(feature.Interval[0]), scale.At(feature.Interval[1]), y + (Line / 2.0));
            }

            svg.Text(Width - 4, y + 16, PlainNumbers.Value(feature.MeanAbsolute), "end", "figure");
        }

        return svg.ToString();
    }

    /// <summary>One dot a row and feature, coloured by the feature's value.</summary>
    /// <param name="view">The class.</param>
    /// <param name="features">The features, the most important first.</param>
    /// <param name="data">The data explained, by the rows' indices.</param>
    public static string Swarm(ExplainedView view, IReadOnlyList<string> features, Table data)
    {
        ExplainedRow[] rows = [.. view.Report.Rows.Take(MostDots)];
        int[] indices = [.. rows.Select(row => row.Row)];
        Dictionary<string, int> place = view.Report.Features.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        double[][] values = [.. features.Select(feature => rows.Select(row => row.Values[view.Position][place[feature]]).Select(value => double.IsFinite(value) ? value : 0).ToArray())];
        int height = Top + (features.Count * Line) + Bottom;
        double left = LabelRoom(features);
        ChartScale scale = new(values.SelectMany(each => each).Append(0), left, Width - 12);
        double low = values.SelectMany(each => each).Append(0).Min();
        double high = values.SelectMany(each => each).Append(0).Max();
        Svg svg = new(Width, height, $"One dot a row and feature, {PlainNumbers.Count(rows.Length)} rows: how far the feature moved the row's output, {view.Unit.Words}");
        scale.Draw(svg, Top, height - Bottom, $"Attribution, {view.Unit.Words}");
        for (int i = 0; i < features.Count; i++)
        {
            double y = Top + (i * Line) + (Line / 2.0);
            svg.Text(left - 8, y + 4, Svg.Fit(features[i], left - 12), "end");
            double[] offsets = SwarmOffsets.Place(values[i], indices, low, high, Bins);
            double[] shades = FeatureShade.Of(data.Find(features[i]), indices);
            for (int dot = 0; dot < rows.Length; dot++)
            {
                string shade = double.IsNaN(shades[dot]) ? "q-none" : $"q{Math.Clamp((int)Math.Round(shades[dot] * 6), 0, 6)}";
                svg.Dot(scale.At(values[i][dot]), y + (offsets[dot] * Line), 2.1, shade);
            }
        }

        return svg.ToString();
    }

    /// <summary>Room for the longest label, within limits.</summary>
    public static double LabelRoom(IEnumerable<string> labels) =>
        Math.Clamp(labels.Select(Svg.Room).DefaultIfEmpty(0).Max() + 14, 60, MostLabel);
}
