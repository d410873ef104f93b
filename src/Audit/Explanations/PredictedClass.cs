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
        int[] chosen = [.. rows.Select(row => Largest(row.Prediction))];
        bool agreed = chosen.Distinct().Count() == 1;
        ExplainedRow[] kept = [.. rows.Select((row, i) => row with
        {
            ClassIndex = agreed ? null : chosen[i],
            BaseValue = row.BaseValue is null ? null : [row.BaseValue[chosen[i]]],
            Prediction = [row.Prediction[chosen[i]]],
            Values = [row.Values[chosen[i]]],
            StandardErrors = row.StandardErrors is null ? null : [row.StandardErrors[chosen[i]]],
            Interval = row.Interval is null ? null : [row.Interval[chosen[i]]],
            AdditivityResidual = [row.AdditivityResidual[chosen[i]]],
            Interactions = row.Interactions is null ? null : [row.Interactions[chosen[i]]],
        })];
        return agreed
            ? (kept, [baseValue[chosen[0]]], chosen[0], request.Classes is null ? null : [request.Classes[chosen[0]]])
            : (kept, baseValue, null, request.Classes);
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
