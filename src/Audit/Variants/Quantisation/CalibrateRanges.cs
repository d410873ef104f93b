using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants.Quantisation;

/// <summary>Measures the ranges of values inside a model on rows.</summary>
internal static class CalibrateRanges
{
    /// <summary>Runs the rows through the model: once, and once more where the method looks at how values are spread.</summary>
    /// <param name="model">The model as it is.</param>
    /// <param name="values">Names of values.</param>
    /// <param name="rows">The calibration rows.</param>
    /// <param name="recipe">Method and percentile.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A value is never a finite number on these rows, or the model refuses them.</exception>
    public static IReadOnlyDictionary<string, ValueRange> Run(
        ModelProto model, IReadOnlyList<string> values, InputBatch rows, VariantRecipe recipe, Runs.IRunProgress? progress, CancellationToken cancellationToken)
    {
        Dictionary<string, (double Low, double High)> spans = new(StringComparer.Ordinal);
        if (values.Count == 0)
        {
            return new Dictionary<string, ValueRange>();
        }

        using ObserveValues observe = new(model, values, rows, cancellationToken);
        progress?.Report("Measuring ranges", 0, 2);
        observe.Run((name, numbers, _) =>
        {
            foreach (double number in numbers.Where(double.IsFinite))
            {
                (double low, double high) = spans.TryGetValue(name, out (double, double) known) ? known : (number, number);
                spans[name] = (Math.Min(low, number), Math.Max(high, number));
            }
        }, cancellationToken);
        if (values.FirstOrDefault(name => !spans.ContainsKey(name)) is string unknown)
        {
            throw new InputException($"The value '{unknown}' is never a finite number on the calibration rows, so its range is not known.");
        }

        if (recipe.Ranges != RangeMethod.MinMax)
        {
            Dictionary<string, ValueHistogram> seen = spans.ToDictionary(span => span.Key, span => new ValueHistogram(span.Value.Low, span.Value.High), StringComparer.Ordinal);
            progress?.Report("Measuring ranges", 1, 2);
            observe.Run((name, numbers, _) => seen[name].Add(numbers), cancellationToken);
            spans = seen.ToDictionary(
                each => each.Key, each => recipe.Ranges == RangeMethod.Entropy ? each.Value.Entropy() : each.Value.Percentile(recipe.Percentile), StringComparer.Ordinal);
        }

        return spans.ToDictionary(span => span.Key, span => ValueRange.Of(span.Value.Low, span.Value.High), StringComparer.Ordinal);
    }
}
