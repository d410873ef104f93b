using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>Measures all rows and each cohort: one part of work a family, slice and attribute, side by side.</summary>
/// <remarks>Parts are put together in the order in which they were planned, whichever is done first.</remarks>
internal sealed class MeasureSlices
{
    private readonly AuditOptions options;
    private readonly PolicyPack policy;
    private readonly AuditShards shards;
    private readonly List<Slice> slices = [];
    private readonly List<Part> parts = [];
    private readonly List<AuditWarning> warnings = [];

    /// <summary>Plans the parts.</summary>
    /// <param name="scored">All rows with what the model said of them.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="policy">Level of intervals and the least size of groups.</param>
    /// <param name="shards">Keeps finished parts.</param>
    /// <exception cref="InputException">A column is missing.</exception>
    public MeasureSlices(ScoredTable scored, AuditOptions options, PolicyPack policy, AuditShards shards)
    {
        (this.options, this.policy, this.shards) = (options, policy, shards);
        string[][] sets = [.. Sets(options)];
        Table narrow = Narrow(scored, options);
        Plan(null, null, scored with { Table = narrow }, sets);
        foreach (NamedCohort cohort in options.Measures?.Cohorts ?? [])
        {
            int[] rows = Cohort.Parse(cohort.Where).Rows(scored.Table);
            if (rows.Length == 0)
            {
                warnings.Add(new AuditWarning("cohort-empty", $"No row belongs to the cohort '{cohort.Name}' ({cohort.Where})."));
                slices.Add(new Slice(cohort.Name, cohort.Where, scored with { Table = narrow.Head(0) }, []));
            }
            else
            {
                Plan(cohort.Name, cohort.Where, scored with { Table = narrow.Take(rows) }, sets);
            }
        }
    }

    /// <summary>How many parts there are.</summary>
    public int Parts => parts.Count;

    /// <summary>Measures.</summary>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="progress">Told of each part.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>All rows first, then each cohort; and what a reader must know.</returns>
    /// <exception cref="InputException">Data and options do not fit each other.</exception>
    public (IReadOnlyList<SliceReport> Slices, IReadOnlyList<AuditWarning> Warnings) Run(
        int threads, UnitProgress progress, CancellationToken cancellationToken)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, parts.Count, parallel, i =>
        {
            progress.Advance($"Measuring {parts[i].Name}", 0);
            parts[i].Result = shards.Run(parts[i].Name, () => Measure(parts[i], threads, cancellationToken));
            progress.Advance($"Measured {parts[i].Name}", 1);
        });
        cancellationToken.ThrowIfCancellationRequested();
        return ([.. slices.Select(Report)], [.. warnings.Distinct()]);
    }

    /// <summary>The scored rows with no other columns than measuring needs; intersections stand as columns of their own.</summary>
    /// <exception cref="InputException">A column is missing.</exception>
    internal static Table Narrow(ScoredTable scored, AuditOptions options)
    {
        Table narrow = scored.Table.Keep([.. scored.Columns, .. options.Protected]);
        foreach (string[] set in Sets(options).Where(set => set.Length > 1))
        {
            Levels crossed = Levels.Cross([.. set.Select(name => Levels.Of(narrow.Need(name)))]);
            narrow = narrow.With(new TextColumn(string.Join('|', set), crossed.Codes.ToArray(), [.. crossed.Names]));
        }

        return narrow;
    }

    /// <summary>The protected columns, single ones first, then pairs, then triples, each in the order asked for.</summary>
    /// <exception cref="InputException">There are too many.</exception>
    internal static IEnumerable<string[]> Sets(AuditOptions options)
    {
        List<int[]> sets = [.. Enumerable.Range(0, options.Protected.Count).Select(column => (int[])[column])];
        List<int[]> last = sets;
        for (int size = 2; size <= (options.Measures?.Intersections ?? 1); size++)
        {
            last = [.. last.SelectMany(set => Enumerable.Range(set[^1] + 1, options.Protected.Count - set[^1] - 1).Select(column => (int[])[.. set, column]))];
            sets = [.. sets, .. last];
            if (sets.Count > MeasureFairness.MostIntersections)
            {
                throw new InputException($"More than {MeasureFairness.MostIntersections} attributes and intersections: name fewer protected columns, or fewer at once.");
            }
        }

        return sets.Select(set => set.Select(column => options.Protected[column]).ToArray());
    }

    private void Plan(string? cohort, string? where, ScoredTable scored, string[][] sets)
    {
        string suffix = cohort is null ? "" : $" in {cohort}";
        List<Part> own = [new Part($"performance{suffix}", scored, null, false)];
        own.AddRange(sets.Select(set => string.Join('|', set)).Select(attribute => new Part($"fairness by {attribute}{suffix}", scored, attribute, true)));
        own.AddRange((options.Measures?.Gates ?? [])
            .Where(gate => gate.Family == "performance" && gate.Cohort == cohort && gate.Attribute is not null)
            .Select(gate => gate.Attribute!).Distinct()
            .Select(attribute => new Part($"performance by {attribute}{suffix}", scored, attribute, false)));
        slices.Add(new Slice(cohort, where, scored, own));
        parts.AddRange(own);
    }

    // What cannot be measured of all rows ends the audit; of a cohort it becomes a warning, since the rest still stands.
    private Measured Measure(Part part, int threads, CancellationToken cancellationToken)
    {
        List<AuditWarning> own = [];
        try
        {
            return part.IsFairness
                ? new Measured(null, MeasureSlice.Fairness(part.Scored, part.Attribute!, options, policy, threads, own.Add, cancellationToken), own, null)
                : new Measured(MeasureSlice.Performance(part.Scored, options, policy, part.Attribute, threads, own.Add, cancellationToken), null, own, null);
        }
        catch (InputException fault)
        {
            return new Measured(null, null, own, fault.Message);
        }
    }

    private SliceReport Report(Slice slice)
    {
        string of = slice.Cohort is null ? "" : $"In the cohort '{slice.Cohort}': ";
        foreach (Part part in slice.Parts)
        {
            if (part.Result!.Fault is string fault)
            {
                warnings.Add(slice.Cohort is null
                    ? throw new InputException(fault)
                    : new AuditWarning("cohort-not-measured", $"{of}{part.Name} could not be measured. {fault}"));
            }

            warnings.AddRange(part.Result.Warnings.Select(warning => of.Length == 0 ? warning : warning with { Message = of + warning.Message }));
        }

        FairnessReport[] fairness = [.. slice.Parts.Select(part => part.Result!.Fairness).OfType<FairnessReport>()];
        Dictionary<string, PerformanceReport> by = slice.Parts
            .Where(part => part is { IsFairness: false, Attribute: not null, Result.Performance: not null })
            .ToDictionary(part => part.Attribute!, part => part.Result!.Performance!);
        return new SliceReport(slice.Cohort, slice.Where, slice.Scored.Table.Rows)
        {
            Performance = slice.Parts.FirstOrDefault(part => part is { IsFairness: false, Attribute: null })?.Result!.Performance,
            Fairness = fairness.Length == 0 ? null : fairness[0] with
            {
                Attributes = [.. fairness.SelectMany(report => report.Attributes)],
                SkippedRows = fairness[0].SkippedRows with { MissingGroup = MissingGroup(slice.Scored.Table) },
            },
            PerformanceBy = by.Count == 0 ? null : by,
        };
    }

    private int MissingGroup(Table table)
    {
        Column[] columns = [.. options.Protected.Select(table.Need)];
        return Enumerable.Range(0, table.Rows).Count(row => columns.Any(column => column.IsMissing(row)));
    }

    private sealed record Slice(string? Cohort, string? Where, ScoredTable Scored, IReadOnlyList<Part> Parts);

    private sealed record Part(string Name, ScoredTable Scored, string? Attribute, bool IsFairness)
    {
        public Measured? Result { get; set; }
    }

    private sealed record Measured(
        PerformanceReport? Performance, FairnessReport? Fairness, IReadOnlyList<AuditWarning> Warnings, string? Fault);
}
