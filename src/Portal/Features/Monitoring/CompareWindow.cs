using System.Collections.Concurrent;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Audit.Registrations;
using Governance.Audit.Traffic;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Monitoring;

/// <summary>Counts the reference on the bins of a window's summary, so that both can be drawn beside each other.</summary>
/// <remarks>Counts alone, never a cell; protected and personal columns are left out, levels of few rows are pooled. A data set never changes, so its counts are kept.</remarks>
internal sealed class CompareWindow(IDbContextFactory<GovernanceDb> databases, ArtifactStore store, ReadSummaries summaries)
{
    /// <summary>How many columns are drawn.</summary>
    public const int Most = 6;

    private const int FewestRows = 10; // smaller groups are not shown where people see aggregates
    private const int MostLevels = 12;
    private const string Others = "others";

    private static readonly ConcurrentDictionary<(DatasetId, string, string), (string[] Labels, double[] Shares, long Rows)> Kept = new();

    /// <summary>Compares the window with the reference.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="columns">The columns that people want to see, the most interesting first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where no rows were counted, or there is no reference.</returns>
    public async Task<WindowComparison?> RunAsync(
        DeploymentView deployment, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (deployment.Deployment.Reference is not DatasetId id || columns.Count == 0)
        {
            return null;
        }

        WindowSummary window = await summaries.WindowAsync(deployment.Deployment.Id, from, to, cancellationToken);
        if (window.Rows == 0)
        {
            return null;
        }

        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        Dataset dataset = await db.Datasets.AsNoTracking().FirstAsync(row => row.Id == id, cancellationToken);
        IReadOnlyList<DatasetColumn> declared = await MarkedColumns.OfAsync(db, dataset, cancellationToken);
        HashSet<string> personal = [.. declared.Where(RowMask.IsPersonal).Select(column => column.Name)];
        string[] open = [.. columns.Where(column => !personal.Contains(column)).Take(Most)];
        Lazy<Task<Table>> reference = new(() => TableAsync(dataset, declared, cancellationToken));
        List<ColumnShares> shares = [];
        foreach (string column in open)
        {
            if (window.NumberOf(column) is NumberSummary { Count: > 0 } numbers)
            {
                string key = string.Join(' ', numbers.Edges);
                (string[] labels, double[] known, _) = Kept.TryGetValue((id, column, key), out var kept) ? kept
                    : Kept[(id, column, key)] = OfNumbers(await reference.Value, column, numbers.Edges);
                shares.Add(new ColumnShares(column, labels, known, Shares(numbers.Bins)));
            }
            else if (window.LevelOf(column) is LevelSummary levels && levels.Counts.Sum() > 0)
            {
                (string[] labels, double[] known, _) = Kept.TryGetValue((id, column, ""), out var kept) ? kept : Kept[(id, column, "")] = OfLevels(await reference.Value, column);
                Dictionary<string, long> counts = levels.Levels.Zip(levels.Counts).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
                long all = levels.Counts.Sum() + levels.Rest;
                double[] current = [.. labels.SkipLast(1).Select(label => counts.GetValueOrDefault(label) / (double)all)];
                shares.Add(new ColumnShares(column, labels, known, [.. current, Math.Max(0, 1 - current.Sum())]));
            }
        }

        return new WindowComparison(window.Rows, dataset.Rows, shares, [.. columns.Where(personal.Contains)]);
    }

    private async Task<Table> TableAsync(Dataset dataset, IReadOnlyList<DatasetColumn> declared, CancellationToken cancellationToken)
    {
        byte[] bytes = await store.ReadAsync(dataset.Digest, cancellationToken);
        using MemoryStream file = new(bytes, writable: false);
        return ReadDataset.Run(file, declared, cancellationToken);
    }

    private static (string[] Labels, double[] Shares, long Rows) OfNumbers(Table table, string column, IReadOnlyList<double> edges)
    {
        long[] bins = new long[edges.Count + 1];
        if (table.Find(column) is Column cells)
        {
            double[] sorted = [.. edges];
            for (int row = 0; row < cells.Count; row++)
            {
                double value = cells.Number(row);
                if (double.IsFinite(value))
                {
                    int at = Array.BinarySearch(sorted, value);
                    bins[at >= 0 ? at + 1 : ~at]++;
                }
            }
        }

        return ([.. Enumerable.Range(0, bins.Length).Select(bin => ColumnShares.Bin(edges, bin))], Shares(bins), bins.Sum());
    }

    private static (string[] Labels, double[] Shares, long Rows) OfLevels(Table table, string column)
    {
        KeyValuePair<string, int>[] counts = table.Find(column) is not Column cells ? [] :
        [
            .. Enumerable.Range(0, cells.Count).Select(cells.Text).OfType<string>().CountBy(text => text, StringComparer.Ordinal)
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal),
        ];
        double all = Math.Max(1, counts.Sum(pair => pair.Value));
        KeyValuePair<string, int>[] named = [.. counts.Where(pair => pair.Value >= FewestRows).Take(MostLevels)];
        double[] shares = [.. named.Select(pair => pair.Value / all)];
        return ([.. named.Select(pair => pair.Key), Others], [.. shares, Math.Max(0, 1 - shares.Sum())], (long)all);
    }

    private static double[] Shares(IReadOnlyList<long> counts)
    {
        double all = Math.Max(1, counts.Sum());
        return [.. counts.Select(count => count / all)];
    }
}
