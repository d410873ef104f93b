using Governance.Audit.Drift;

namespace Governance.Audit.Findings;

/// <summary>Turns a drift report into findings. Pure.</summary>
public static class DriftFindings
{
    /// <summary>One finding a column, one of its missing cells where there are any, then the share of columns that drifted.</summary>
    public static IEnumerable<Finding> From(DriftReport report)
    {
        foreach (ColumnDrift column in report.Columns)
        {
            yield return new Finding
            {
                Id = $"drift/{column.Test}/{column.Name}",
                Family = "drift",
                Metric = column.Test,
                Slice = column.Name,
                Value = column.Statistic,
                N = column.ReferenceCount + (long)column.CurrentCount,
                PValue = column.AdjustedPValue,
                Reason = column.Statistic is null ? column.Note : null,
                Sentence = "",
            };
            if (column.Missing is RateDrift missing)
            {
                yield return new Finding
                {
                    Id = $"drift/missing_rate/{column.Name}",
                    Family = "drift",
                    Metric = "missing_rate",
                    Slice = column.Name,
                    Value = missing.Current - missing.Reference,
                    N = column.ReferenceCount + (long)column.CurrentCount + column.MissingReference + column.MissingCurrent,
                    PValue = missing.AdjustedPValue,
                    Sentence = "",
                };
            }
        }

        yield return new Finding
        {
            Id = "drift/share",
            Family = "drift",
            Metric = "share",
            Value = report.Dataset.Share,
            N = report.Columns.Count,
            Reason = report.Dataset.Share is null ? "no column could be measured" : null,
            Sentence = "",
        };
    }
}
