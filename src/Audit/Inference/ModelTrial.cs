using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference;

/// <summary>Runs a model on three made-up rows, zeros, ones and a ramp, and judges what comes out.</summary>
internal static class ModelTrial
{
    private const int Rows = 3;
    private const double Slack = 1e-4;

    /// <summary>Tries the model.</summary>
    /// <param name="predictor">With a time limit for a run.</param>
    /// <param name="graph">The file's own declarations, which the runtime may have put right.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    public static IReadOnlyList<ModelCheck> Run(OnnxPredictor predictor, GraphProto graph, CancellationToken cancellationToken)
    {
        List<ModelCheck> checks =
        [
            new("one-file", true, "All weights lie in the file itself."),
            new("loads", true, "The runtime loads the model."),
        ];
        InputBatch batch = new([.. predictor.Signature.Inputs.Select(Made)]);
        Prediction first;
        Prediction second;
        try
        {
            first = predictor.Predict(batch, cancellationToken);
            second = predictor.Predict(batch, cancellationToken);
        }
        catch (InputException refusal)
        {
            checks.Add(new ModelCheck("runs", false, refusal.Message));
            return checks;
        }

        checks.Add(new ModelCheck("runs", true, $"It runs on {Rows} made-up rows (zeros, ones, a ramp)."));
        checks.Add(Shapes(first, graph));
        checks.Add(Finite(first));
        checks.AddRange(first.Outputs.Where(output => output.Spec.Role == OutputRole.Probability).Select(Probabilities));
        checks.Add(Deterministic(first, second));
        return checks;
    }

    private static InputTensor Made(InputSpec input)
    {
        int[] shape = [.. input.RowShape.Select(size => Math.Max(size, 1))];
        int width = shape.Aggregate(1, (product, size) => product * size);
        int length = Rows * width;
        // The ramp runs from -3 to 3; whole numbers may be ids, of which only the smallest are safe to make up.
        double Value(int i) => (i / width) switch { 0 => 0, 1 => 1, _ => (i % 7) - 3 };
        Array values = input.Kind switch
        {
            TensorKind.Float => Array.ConvertAll(Enumerable.Range(0, length).ToArray(), i => (float)Value(i)),
            TensorKind.Double => Array.ConvertAll(Enumerable.Range(0, length).ToArray(), Value),
            TensorKind.Int64 => Array.ConvertAll(Enumerable.Range(0, length).ToArray(), i => (long)Math.Abs(Value(i) % 2)),
            TensorKind.Int32 => Array.ConvertAll(Enumerable.Range(0, length).ToArray(), i => (int)Math.Abs(Value(i) % 2)),
            TensorKind.Boolean => Array.ConvertAll(Enumerable.Range(0, length).ToArray(), i => Value(i) > 0),
            _ => Enumerable.Repeat("", length).ToArray(),
        };
        return new InputTensor(input.Name, values, width, shape);
    }

    private static ModelCheck Shapes(Prediction prediction, GraphProto graph)
    {
        foreach (OutputValues output in prediction.Outputs)
        {
            TensorShapeProto? declared = graph.Output.FirstOrDefault(value => value.Name == output.Name)?.Type?.TensorType?.Shape;
            if (declared is { Dim.Count: > 0 } && (declared.Dim.Count - 1 != output.RowShape.Count
                || declared.Dim.Skip(1).Zip(output.RowShape).Any(pair => pair.First.DimValue > 0 && pair.First.DimValue != pair.Second)))
            {
                string sizes = string.Join(", ", declared.Dim.Skip(1).Select(size => size.DimValue > 0 ? size.DimValue.ToString() : "?"));
                return new ModelCheck("declared-shapes", false,
                    $"The output '{output.Name}' gives [{string.Join(", ", output.RowShape)}] a row, the file declares [{sizes}].");
            }
        }

        return new ModelCheck("declared-shapes", true, "The outputs have the shapes that the file declares.");
    }

    private static ModelCheck Finite(Prediction prediction)
    {
        OutputValues? wrong = prediction.Outputs.FirstOrDefault(output => output.Numbers?.Any(number => !double.IsFinite(number)) == true);
        return wrong is null
            ? new ModelCheck("finite", true, "All numbers that come out are finite.")
            : new ModelCheck("finite", false, $"The output '{wrong.Name}' holds NaN or infinite numbers for finite inputs.");
    }

    private static ModelCheck Probabilities(OutputValues output)
    {
        double[] numbers = output.Numbers ?? [];
        double? outside = numbers.Cast<double?>().FirstOrDefault(number => !(number >= -Slack && number <= 1 + Slack));
        if (outside is not null)
        {
            return new ModelCheck("probabilities", false, $"The output '{output.Name}' is called a probability but holds {outside:G6}.");
        }

        double[] sums = [.. numbers.Chunk(Math.Max(output.Width, 1)).Select(row => row.Sum())];
        double worst = sums.Length == 0 ? 1 : sums.MaxBy(sum => Math.Abs(sum - 1));
        return output.Width == 1 || Math.Abs(worst - 1) <= Slack
            ? new ModelCheck("probabilities", true, $"The output '{output.Name}' holds probabilities{(output.Width > 1 ? " that sum to 1" : "")}.")
            : new ModelCheck("probabilities", false, $"The probabilities of the output '{output.Name}' sum to {worst:G6}, not to 1.");
    }

    private static ModelCheck Deterministic(Prediction first, Prediction second)
    {
        OutputValues? wrong = first.Outputs.Zip(second.Outputs).FirstOrDefault(pair =>
            !(pair.First.Numbers ?? []).AsSpan().SequenceEqual(pair.Second.Numbers ?? [])
            || !(pair.First.Texts ?? []).AsSpan().SequenceEqual(pair.Second.Texts ?? [])).First;
        return wrong is null
            ? new ModelCheck("deterministic", true, "The same rows give the same numbers twice.")
            : new ModelCheck("deterministic", false, $"The output '{wrong.Name}' differs when the same rows are run twice.");
    }
}
