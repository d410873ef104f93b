using Governance.Audit.Explanations;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>One case of a self-contained report: from the average to its output, a bar a feature. Pure.</summary>
internal static class WaterfallChart
{
    private const int Width = 760;
    private const int Line = 24;
    private const int Top = 26;
    private const int Bottom = 58;

    /// <summary>The most features with a bar of their own.</summary>
    public const int MostBars = 12;

    /// <summary>Draws a case.</summary>
    /// <param name="steps">The bars, from the top.</param>
    /// <param name="unit">What they are measured in.</param>
    /// <param name="average">Where they begin.</param>
    /// <param name="row">The row.</param>
    /// <param name="prediction">Where they end.</param>
    public static string Draw(IReadOnlyList<WaterfallStep> steps, AttributionUnit unit, double average, ExplainedRow row, double prediction)
    {
        int height = Top + (steps.Count * Line) + Bottom;
        string[] labels = [.. steps.Select(Label)];
        double left = Math.Min(240, ReportCharts.LabelRoom(labels) + 40);
        ChartScale scale = new(
            steps.SelectMany(step => (double[])[step.Start, step.End, step.Start + (step.Low ?? step.Attribution), step.Start + (step.High ?? step.Attribution)])
                .Concat([average, prediction]),
            left, Width - 76);
        Svg svg = new(Width, height, $"Row {row.Row}: from the average {PlainNumbers.Value(average)} to {PlainNumbers.Value(prediction)}, {unit.Words}, {steps.Count} bars");
        double bottom = height - Bottom;
        scale.Draw(svg, Top, bottom, $"Output, {unit.Words}");
        svg.Line(scale.At(average), Top - 4, scale.At(average), bottom, "average");
        svg.Text(scale.At(average), Top - 10, $"average {PlainNumbers.Value(average)}", Anchor(scale.At(average), left), "tick");
        svg.Line(scale.At(prediction), Top, scale.At(prediction), bottom, "own");
        svg.Text(scale.At(prediction), bottom + 48, $"this row {PlainNumbers.Value(prediction)}", Anchor(scale.At(prediction), left), "strong");
        for (int i = 0; i < steps.Count; i++)
        {
            WaterfallStep step = steps[i];
            double y = Top + (i * Line);
            double from = scale.At(Math.Min(step.Start, step.End));
            double to = scale.At(Math.Max(step.Start, step.End));
            svg.Text(left - 8, y + 16, Svg.Fit(labels[i], left - 12), "end");
            svg.Rectangle(from, y + 5, Math.Max(to - from, 0.75), Line - 10, (step.Attribution > 0 ? "up" : "down") + (step.DirectionOpen ? " open" : ""));
            if (step.Low is double low && step.High is double high && high > low)
            {
                svg.Whisker(scale.At(step.Start + low), scale.At(step.Start + high), y + (Line / 2.0));
            }

            svg.Text(Width - 4, y + 16, PlainNumbers.Signed(step.Attribution), "end", "figure");
        }

        return svg.ToString();
    }

    private static string Label(WaterfallStep step) => step.Value is null ? step.Feature : $"{step.Feature} = {step.Value}";

    private static string Anchor(double x, double left) => x > Width - 140 ? "end" : x < left + 60 ? "start" : "middle";
}
