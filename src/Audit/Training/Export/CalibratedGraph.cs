namespace Governance.Audit.Training.Export;

/// <summary>Isotonic curves as nodes of a graph.</summary>
/// <remarks>
/// A curve is its first value plus, for each stretch between two knots, the stretch's rise times how far x has come along
/// it, clipped to [0, 1]. Where two knots are neighbouring floats the stretch is a step.
/// </remarks>
internal static class CalibratedGraph
{
    // Runtimes may take smaller floats for 0, and 0 / 0 is no share.
    private const float LeastWidth = 1e-37f;

    /// <summary>Adds the nodes from "raw" to "probabilities", both of shape [N, classes].</summary>
    public static GraphBuilder Add(GraphBuilder graph, ProbabilityCalibration calibration)
    {
        if (calibration.Curves.Count == 1)
        {
            return Curve(graph.Whole("second", [1], 1), calibration.Curves[0], "second", "positive")
                .Floats("one", [1], 1)
                .Node("Sub", ["one", "positive"], "negative")
                .Node("Concat", ["negative", "positive"], "probabilities", GraphBuilder.Attribute("axis", 1));
        }

        string[] columns = new string[calibration.Curves.Count];
        for (int k = 0; k < columns.Length; k++)
        {
            columns[k] = $"curve{k}";
            Curve(graph.Whole($"class{k}", [k], 1), calibration.Curves[k], $"class{k}", columns[k]);
        }

        // Where every curve says 0, all classes alike.
        float even = 1f / columns.Length;
        return graph.Node("Concat", columns, "curves", GraphBuilder.Attribute("axis", 1))
            .Whole("across", [1], 1)
            .Floats("zero", [0], 1)
            .Floats("even", [even], 1)
            .Node("ReduceSum", ["curves", "across"], "sum")
            .Node("Greater", ["sum", "zero"], "some")
            .Node("Div", ["curves", "sum"], "shares")
            .Node("Where", ["some", "shares", "even"], "probabilities");
    }

    private static GraphBuilder Curve(GraphBuilder graph, IsotonicCurve curve, string column, string output)
    {
        int stretches = curve.Knots.Count - 1;
        graph.Node("Gather", ["raw", column], $"{output}_x", GraphBuilder.Attribute("axis", 1))
            .Floats($"{output}_first", [(float)curve.Values[0]], 1);
        if (stretches == 0)
        {
            return graph.Floats($"{output}_nothing", [0], 1)
                .Node("Mul", [$"{output}_x", $"{output}_nothing"], $"{output}_flat")
                .Node("Add", [$"{output}_flat", $"{output}_first"], output);
        }

        float[] starts = new float[stretches];
        float[] widths = new float[stretches];
        float[] rises = new float[stretches];
        for (int i = 0; i < stretches; i++)
        {
            starts[i] = (float)curve.Knots[i];
            widths[i] = Math.Max(Math.Max((float)curve.Knots[i + 1], MathF.BitIncrement(starts[i])) - starts[i], LeastWidth);
            rises[i] = (float)(curve.Values[i + 1] - curve.Values[i]);
        }

        return graph.Floats($"{output}_starts", starts, stretches)
            .Floats($"{output}_widths", widths, stretches)
            .Floats($"{output}_rises", rises, stretches, 1)
            .Floats($"{output}_least", [0])
            .Floats($"{output}_most", [1])
            .Node("Sub", [$"{output}_x", $"{output}_starts"], $"{output}_come")
            .Node("Div", [$"{output}_come", $"{output}_widths"], $"{output}_share")
            .Node("Clip", [$"{output}_share", $"{output}_least", $"{output}_most"], $"{output}_clipped")
            .Node("MatMul", [$"{output}_clipped", $"{output}_rises"], $"{output}_risen")
            .Node("Add", [$"{output}_risen", $"{output}_first"], output);
    }
}
