using System.Collections.Concurrent;
using Governance.Audit.Data;
using Governance.Audit.Data.Duplicates;
using Governance.Audit.Data.Schemas;
using Governance.Audit.Registrations;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;

namespace Governance.Portal.Features.Datasets;

/// <summary>A data set in counts: what is missing, what is repeated, what other data sets hold too.</summary>
/// <param name="Columns">One for each column, in their order.</param>
/// <param name="Warnings">What a person should know about the file.</param>
/// <param name="Repeated">Rows that the data set repeats.</param>
/// <param name="Shared">For each related data set what both hold.</param>
public sealed record DatasetProfile(
    IReadOnlyList<ColumnSummary> Columns, IReadOnlyList<AuditWarning> Warnings, RepeatedRows Repeated,
    IReadOnlyList<(string Name, SharedRows Rows)> Shared);

/// <summary>Measures data sets, and remembers the counts: a registered data set never changes.</summary>
internal sealed class DatasetProfiles(ArtifactStore store) : IDisposable
{
    private const long MostCells = 5_000_000; // more take seconds, so a person asks for them
    private const int MostRelated = 8;
    private const int MostRemembered = 500;

    private readonly ConcurrentDictionary<string, DatasetProfile> known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim one = new(1);

    /// <summary>
    /// The data sets to compare with: those that have at least four fifths of the columns, latest first. That holds for
    /// training, test and later data of one model.
    /// </summary>
    public static IReadOnlyList<Dataset> Related(Dataset dataset, IReadOnlyList<Dataset> all)
    {
        HashSet<string> names = [.. dataset.Columns.Select(column => column.Name)];
        return
        [
            .. all.Where(other => other.Id != dataset.Id && 5 * other.Columns.Count(column => names.Contains(column.Name)) >= 4 * names.Count)
                .OrderByDescending(other => other.RegisteredAt).Take(MostRelated),
        ];
    }

    /// <summary>Whether measuring takes long, so that a person should ask for it.</summary>
    public static bool IsLarge(Dataset dataset, IReadOnlyList<Dataset> related) =>
        related.Append(dataset).Sum(each => each.Rows * each.Columns.Count) > MostCells;

    /// <summary>The counts of a data set, measured now if they are not known yet.</summary>
    /// <exception cref="InputException">A file cannot be read as it was declared.</exception>
    public async Task<DatasetProfile> MeasureAsync(Dataset dataset, IReadOnlyList<Dataset> related, CancellationToken cancellationToken)
    {
        string key = string.Join(' ', related.Prepend(dataset).Select(each => each.Id));
        if (known.TryGetValue(key, out DatasetProfile? profile))
        {
            return profile;
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            if (known.Count > MostRemembered)
            {
                known.Clear();
            }

            return known[key] = await Task.Run(() => RunAsync(dataset, related, cancellationToken), cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<DatasetProfile> RunAsync(Dataset dataset, IReadOnlyList<Dataset> related, CancellationToken cancellationToken)
    {
        Table table = await ReadAsync(dataset, cancellationToken);
        string? label = LabelOf(dataset);
        string[] ignored = [.. dataset.Columns.Where(column => !Counts(column.Role)).Select(column => column.Name)];
        List<(string, SharedRows)> shared = [];
        foreach (Dataset other in related)
        {
            Table its = await ReadAsync(other, cancellationToken);
            DuplicateReport report = FindDuplicates.Run(table, its, label == LabelOf(other) ? label : null, ignored, null);
            shared.Add((other.Name, report.Shared!));
        }

        bool comparable = dataset.Columns.Any(column => Counts(column.Role) && column.Role != ColumnRole.Label);
        return new DatasetProfile(
            [.. table.Columns.Select(ColumnSummary.Of)], TableWarnings.Of(table),
            FindDuplicates.Run(table, null, comparable ? label : null, comparable ? ignored : [], null).A, shared);
    }

    private async Task<Table> ReadAsync(Dataset dataset, CancellationToken cancellationToken)
    {
        using MemoryStream bytes = new(await store.ReadAsync(dataset.Digest, cancellationToken), writable: false);
        return ReadDataset.Run(bytes, dataset.Columns, cancellationToken);
    }

    private static string? LabelOf(Dataset dataset) => dataset.Of(ColumnRole.Label).FirstOrDefault()?.Name;

    private static bool Counts(ColumnRole role) => role is ColumnRole.Feature or ColumnRole.Protected or ColumnRole.Label;
}
