using Governance.Audit.Data;
using DataColumn = Governance.Audit.Data.Column;

namespace Governance.Audit.Drift;

/// <summary>Compares the columns of two data sets.</summary>
public static class CompareTables
{
    private const double DatasetShare = 0.5;

    /// <summary>Compares.</summary>
    /// <param name="reference">What the data was like.</param>
    /// <param name="current">What it is like.</param>
    /// <param name="options">Which columns, which test, which correction.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A column is missing, an option is unusable, or the test does not fit a column.</exception>
    public static DriftReport Run(Table reference, Table current, DriftOptions options, int threads, CancellationToken cancellationToken)
    {
        try
        {
            options.Check();
        }
        catch (ArgumentException fault)
        {
            throw new InputException(fault.Message.Split(" (Parameter", 2)[0], fault);
        }

        (string Name, DriftKind Kind)[] compared = Compared(reference, current, options);
        return options.Asked.IsJoint()
            ? CompareJoint.Run(reference.Keep(compared.Select(column => column.Name)), current.Keep(compared.Select(column => column.Name)), compared, options, threads, cancellationToken)
            : Together([.. Each(reference, current, compared, options with { Family = compared.Length }, threads, cancellationToken)], options);
    }

    /// <summary>Judges columns that were compared one by one, and sums them up.</summary>
    /// <param name="columns">Each from <see cref="CompareColumn"/>.</param>
    /// <param name="options">The correction, and α.</param>
    public static DriftReport Together(IReadOnlyList<ColumnDrift> columns, DriftOptions options)
    {
        ColumnDrift[] judged = JudgeColumns.All(columns, options);
        int measured = judged.Count(column => column.Drifted is not null);
        double? share = measured == 0 ? null : (double)judged.Count(column => column.Drifted == true) / measured;
        return new DriftReport(judged, new DatasetDrift(share >= DatasetShare, share, "at least half of the measured columns drifted"));
    }

    private static ColumnDrift[] Each(
        Table reference, Table current, (string Name, DriftKind Kind)[] compared, DriftOptions options, int threads, CancellationToken cancellationToken)
    {
        ColumnDrift[] columns = new ColumnDrift[compared.Length];
        InputException?[] faults = new InputException?[compared.Length];
        Parallel.For(0, compared.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
        {
            try
            {
                (string name, DriftKind kind) = compared[i];
                PreparedColumn before = PreparedColumn.Of(reference.Need(name), kind);
                PreparedColumn now = PreparedColumn.Of(current.Need(name), kind);
                columns[i] = options.Columns is null && kind == DriftKind.Categorical && options.Asked.NeedsNumbers()
                    ? CompareColumn.Unmeasured(before, now, options.Asked, options)
                    : CompareColumn.Measure(before, now, options);
            }
            catch (InputException fault)
            {
                faults[i] = fault;
            }
        });
        return faults.FirstOrDefault(fault => fault is not null) is InputException first ? throw first : columns;
    }

    private static (string Name, DriftKind Kind)[] Compared(Table reference, Table current, DriftOptions options)
    {
        foreach (string name in options.Kinds?.Keys ?? [])
        {
            reference.Need(name);
        }

        IEnumerable<DataColumn> asked = options.Columns is { } named
            ? named.Distinct(StringComparer.Ordinal).Select(reference.Need)
            : reference.Columns.Where(column => current.Find(column.Name) is not null);
        List<(string, DriftKind)> compared = [];
        foreach (DataColumn column in asked)
        {
            current.Need(column.Name);
            DriftKind? kind = options.Kinds?.GetValueOrDefault(column.Name) is string word ? DriftKinds.Parse(word) : DriftKinds.Guess(column);
            if (kind is DriftKind known)
            {
                compared.Add((column.Name, known));
            }
        }

        return compared.Count > 0 ? [.. compared] : throw new InputException("The two data sets share no column to compare.");
    }
}
