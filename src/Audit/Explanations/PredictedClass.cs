namespace Governance.Audit.Explanations;

/// <summary>Keeps, of rows explained for all classes, only the class with the row's largest output.</summary>
internal static class PredictedClass
{
    /// <summary>
    /// Picks each row's class, the first of equal ones. Where all rows agree, the result reads as if that class had
    /// been asked for; else base values stay those of all classes and each row names its own.
    /// </summary>
    public static (ExplainedRow[] Rows, double[] BaseValue, int? ClassIndex, IReadOnlyList<string>? Classes) Settle(
        ExplainRequest request, ExplainedRow[] rows, double[] baseValue)
    {
        (IReadOnlyList<ExplainedRow> kept, IReadOnlyList<double> shown, int? classIndex, IReadOnlyList<string>? classes) =
            Agree(Own(rows), baseValue, request.Classes);
        return ([.. kept], [.. shown], classIndex, classes);
    }

    /// <summary>Each row with the class of its largest output alone, which it names.</summary>
    public static ExplainedRow[] Own(IReadOnlyList<ExplainedRow> rows) =>
    [
        .. rows.Select(row =>
        {
            int chosen = Largest(row.Prediction);
            return row with
            {
                ClassIndex = chosen,
                BaseValue = row.BaseValue is null ? null : [row.BaseValue[chosen]],
                Prediction = [row.Prediction[chosen]],
                Values = [row.Values[chosen]],
                StandardErrors = row.StandardErrors is null ? null : [row.StandardErrors[chosen]],
                Interval = row.Interval is null ? null : [row.Interval[chosen]],
                AdditivityResidual = [row.AdditivityResidual[chosen]],
                Interactions = row.Interactions is null ? null : [row.Interactions[chosen]],
            };
        }),
    ];

    /// <summary>Rows that name their classes as a report holds them: where all name one, as if that class had been asked for.</summary>
    /// <param name="own">The rows; at least one.</param>
    /// <param name="baseValue">Shape [classes].</param>
    /// <param name="classes">The classes' names, or null.</param>
    public static (IReadOnlyList<ExplainedRow> Rows, IReadOnlyList<double> BaseValue, int? ClassIndex, IReadOnlyList<string>? Classes) Agree(
        IReadOnlyList<ExplainedRow> own, IReadOnlyList<double> baseValue, IReadOnlyList<string>? classes)
    {
        int first = own[0].ClassIndex!.Value;
        return own.All(row => row.ClassIndex == first)
            ? ([.. own.Select(row => row with { ClassIndex = null })], [baseValue[first]], first, classes is null ? null : [classes[first]])
            : (own, baseValue, null, classes);
    }

    private static int Largest(IReadOnlyList<double> outputs)
    {
        int largest = 0;
        for (int output = 1; output < outputs.Count; output++)
        {
            largest = outputs[output] > outputs[largest] ? output : largest;
        }

        return largest;
    }
}
