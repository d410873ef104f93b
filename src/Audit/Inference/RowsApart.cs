using Governance.Audit.Data;

namespace Governance.Audit.Inference;

/// <summary>Whether a row's numbers stay when other rows run beside it, tried on the first rows of a loaded model.</summary>
/// <remarks>
/// They do not where a graph computes over its rows: a normalisation by the batch's own mean, a softmax over the wrong axis, or
/// dynamic quantisation, whose scale is that of the largest number in the batch. Whatever runs many rows at once, as explanations
/// do, then tells of the batch as much as of the row.
/// </remarks>
internal static class RowsApart
{
    private const int Rows = 8;

    // Sums in another order differ in the last digits.
    private const double Tolerance = 1e-4;

    /// <summary>The first output whose numbers change with the rows beside it; null for none.</summary>
    /// <param name="together">The outputs of at least two rows.</param>
    /// <param name="alone">Those of the first of them alone.</param>
    public static OutputValues? Mixed(IReadOnlyList<OutputValues> together, IReadOnlyList<OutputValues> alone) => Differing(alone, together, Tolerance);

    /// <summary>Tries the first rows.</summary>
    /// <param name="batch">At least two rows.</param>
    /// <param name="predict">Runs rows.</param>
    /// <returns>What a reader of the numbers should know; null where they stay, and where the model refuses a row.</returns>
    public static AuditWarning? Try(InputBatch batch, Func<InputBatch, IReadOnlyList<OutputValues>> predict)
    {
        try
        {
            InputBatch first = batch.Slice(0, 1);
            IReadOnlyList<OutputValues> alone = predict(first);
            OutputValues? mixed = Mixed(predict(batch.Slice(0, Math.Min(batch.Rows, Rows))), alone);
            return mixed is null ? null
                : Differing(alone, predict(first), 0) is OutputValues chance ? new AuditWarning(
                    "chance", $"The output '{chance.Spec.Name}' of a row differs each time that the row is run, so no number here can be had again.")
                : new AuditWarning(
                    "rows-mix", $"The output '{mixed.Spec.Name}' of a row changes with the rows beside it, so every number here depends on which rows were run together.");
        }
        catch (InputException)
        {
            return null; // the run that was asked for tells
        }
    }

    /// <summary>The first output that differs in the rows that both have; null for none.</summary>
    /// <param name="left">As many rows as are compared.</param>
    /// <param name="right">At least so many.</param>
    /// <param name="tolerance">What a number may differ by, over one more than its size.</param>
    public static OutputValues? Differing(IReadOnlyList<OutputValues> left, IReadOnlyList<OutputValues> right, double tolerance) =>
        left.Zip(right).FirstOrDefault(pair =>
            !pair.First.RowShape.SequenceEqual(pair.Second.RowShape)
            || (pair.First.Numbers ?? []).Zip(pair.Second.Numbers ?? []).Any(numbers => !IsNear(numbers.First, numbers.Second, tolerance))
            || (pair.First.Texts ?? []).Zip(pair.Second.Texts ?? []).Any(texts => texts.First != texts.Second)).First;

    private static bool IsNear(double left, double right, double tolerance) =>
        left.Equals(right) || Math.Abs(left - right) <= tolerance * (1 + Math.Abs(left));
}
