using Governance.Audit.Data;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Fairness;

/// <summary>Refuses options that cannot be measured, each with one sentence.</summary>
internal static class CheckFairness
{
    /// <summary>Checks options against rows and attributes.</summary>
    /// <exception cref="InputException">One cannot be measured.</exception>
    public static void Options(MeasuredRows rows, IReadOnlyList<Levels> attributes, FairnessOptions options)
    {
        string? fault = rows.Rows == 0 ? "There are no rows to measure."
            : attributes.Count == 0 || attributes.DistinctBy(attribute => attribute.Name).Count() < attributes.Count
                ? "Name at least one protected column, and each once."
            : !(options.Level > 0 && options.Level < 1) ? "The level of intervals must lie between 0 and 1."
            : options.MinGroup < 0 ? "The least rows of a group cannot be negative."
            : options.MinEvents < 0 ? "The least events of a group cannot be negative."
            : options.Neighbours < 0 ? "The number of neighbours cannot be negative."
            : options.Interval != FairnessInterval.Wilson && options.Resamples is < BootstrapOptions.FewestResamples or > BootstrapOptions.MostResamples
                ? $"Take {BootstrapOptions.FewestResamples} to {BootstrapOptions.MostResamples:N0} resamples."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }

        if (attributes.FirstOrDefault(attribute => attribute.Names.Count == 0) is Levels empty)
        {
            throw new InputException($"The protected column '{empty.Name}' is empty.") { Column = empty.Name };
        }

        foreach ((string column, string group) in options.ReferenceGroups)
        {
            Levels known = attributes.FirstOrDefault(attribute => attribute.Name == column)
                ?? throw new InputException($"The reference group '{column}={group}' is of no protected column.");
            if (known.IndexOf(group) < 0)
            {
                throw new InputException($"The reference group '{group}' does not occur in '{column}'.") { Column = column };
            }
        }
    }
}
