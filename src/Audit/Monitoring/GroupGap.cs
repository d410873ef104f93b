namespace Governance.Audit.Monitoring;

/// <summary>How far the rates of groups lie apart.</summary>
public static class GroupGap
{
    /// <summary>A difference (largest minus smallest) or ratio (smallest by largest) over groups.</summary>
    /// <param name="metric">A parity of <see cref="MonitorMetrics"/>.</param>
    /// <param name="groups">Shape [groups].</param>
    /// <param name="smallestRows">Groups with fewer rows are left out.</param>
    /// <param name="smallestEvents">Groups with a smaller base of the rate are left out.</param>
    /// <param name="selected">The rate of the outcome that a person wants: selection_rate, or unselected_rate where the positive class is the other one.</param>
    /// <returns>NaN where fewer than two groups are left.</returns>
    public static double Of(string metric, ReadOnlySpan<OutcomeSums> groups, int smallestRows, int smallestEvents, string selected = "selection_rate") => metric switch
    {
        "demographic_parity_difference" => Between(selected, groups, smallestRows, smallestEvents).Difference,
        "demographic_parity_ratio" => Between(selected, groups, smallestRows, smallestEvents).Ratio,
        "equal_opportunity_difference" => Between("recall", groups, smallestRows, smallestEvents).Difference,
        "fpr_difference" => Between("fpr", groups, smallestRows, smallestEvents).Difference,
        "predictive_parity_difference" => Between("precision", groups, smallestRows, smallestEvents).Difference,
        "accuracy_difference" => Between("accuracy", groups, smallestRows, smallestEvents).Difference,
        "equalized_odds_difference" => Math.Max(
            Between("recall", groups, smallestRows, smallestEvents).Difference, Between("fpr", groups, smallestRows, smallestEvents).Difference),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No such parity."),
    };

    private static (double Difference, double Ratio) Between(string rate, ReadOnlySpan<OutcomeSums> groups, int smallestRows, int smallestEvents)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        int measured = 0;
        foreach (OutcomeSums group in groups)
        {
            if (group.Rows >= smallestRows && group.Base(rate) >= smallestEvents)
            {
                double value = group.Rate(rate);
                (low, high, measured) = (Math.Min(low, value), Math.Max(high, value), measured + 1);
            }
        }

        return measured < 2 ? (double.NaN, double.NaN) : (high - low, high > 0 ? low / high : double.NaN);
    }
}
