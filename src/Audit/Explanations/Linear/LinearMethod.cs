using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Native;
using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Linear;

/// <summary><c>--method linear</c>: the closed form where the graph is a sum of functions of one player each.</summary>
internal sealed class LinearMethod : IAttributionMethod
{
    public string Name => ExplanationMethods.Linear;

    public MethodSupport Supports(AttributionTask task)
    {
        NativeModel native = NativeModel.Of(task);
        string? refusal = native.Refusal ?? Curved(task, native) ?? Mixed(native) ?? native.Doubt(task, CancellationToken.None);
        return refusal is null
            ? MethodSupport.Yes("The graph is a sum of functions of one player each, so the values have a closed form.")
            : MethodSupport.No($"The method 'linear' does not fit: {Lower(refusal)}");
    }

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        long rows = task.Rows.Rows + task.Background.Rows.Rows;
        int terms = NativeModel.Of(task).Forms.Sum(form => form.Terms.Count + 1);

        // 10 ms to load what comes before the sum, 60 ns a term: measured on one core of an EPYC.
        return new CostEstimate(Math.Min(task.Rows.Rows, 16), 0.01 + (rows * terms * 6e-8));
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        NativeModel native = NativeModel.Of(task);
        int outputs = native.Forms.Count;
        int players = task.Players.Count;
        AdditivePart part = AdditivePart.Of(native.Forms, _ => true, native.Owners, players);
        (FeatureTable rowFeatures, FeatureTable backgroundFeatures) = native.Fetch(task, part.Parts, cancellationToken);
        double[] means = LinearShapley.Means(part.Evaluate(backgroundFeatures), task.Background.Weights, outputs);
        double[] functions = part.Evaluate(rowFeatures);
        double[] baseValue = [.. Enumerable.Range(0, outputs).Select(output => means.AsSpan(output * (players + 1), players + 1).ToArray().Sum())];
        ExplainedRow[] rows = new ExplainedRow[task.Rows.Rows];
        for (int row = 0; row < rows.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] values = new double[outputs * players];
            double[] prediction = new double[outputs];
            LinearShapley.Add(functions.AsSpan(row * means.Length, means.Length), means, values, prediction);
            rows[row] = new RowAttribution
            {
                Prediction = prediction,
                Values = values,
                Interactions = task.Request.Interactions ? new double[values.Length * players] : null,
            }.ToRow(task, row, baseValue);
        }

        progress?.Report(1);
        return new AttributionResult { Rows = rows, BaseValue = baseValue, Evaluations = 0 };
    }

    private static string? Curved(AttributionTask task, NativeModel native)
    {
        foreach (Atom atom in native.Forms.SelectMany(form => form.Terms).Select(term => term.Atom))
        {
            if (atom is TreeAtom)
            {
                return "The model is made of trees.";
            }

            if (atom is CurveAtom curve && native.Owners.Of(atom.Sources) == ElementOwners.Several)
            {
                return curve.Kind is CurveKind.Sigmoid or CurveKind.Softmax or CurveKind.Share && task.Request.Link == "identity"
                    ? "With link identity the output is a probability, a curved function of the features; its log-odds (link logit) may be linear."
                    : $"The output is a curved function ({curve.Kind}) of several features.";
            }
        }

        return null;
    }

    private static string? Mixed(NativeModel native)
    {
        foreach (Atom atom in native.Forms.SelectMany(form => form.Terms).Select(term => term.Atom))
        {
            if (native.Owners.Of(atom.Sources) == ElementOwners.Several)
            {
                string maker = atom is FeatureAtom feature ? feature.Maker : "a curve";
                return $"The operator '{maker}' mixes the features {native.Owners.Names(atom.Sources)} in a way that is not a sum.";
            }
        }

        return null;
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
