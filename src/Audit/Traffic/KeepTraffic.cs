using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Traffic;

/// <summary>Which rows of a deployment's traffic are kept as a data set.</summary>
/// <param name="Deployment">Whose.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="KnownBy">Labels that became known later do not count; inclusive.</param>
/// <param name="Labelled">Whether only rows with a label are kept.</param>
public sealed record KeptTraffic(DeploymentId Deployment, DateTimeOffset From, DateTimeOffset To, DateTimeOffset KnownBy, bool Labelled)
{
    /// <summary>The last whole UTC days before a moment.</summary>
    public static KeptTraffic LastDays(DeploymentId deployment, int days, DateTimeOffset now, bool labelled)
    {
        DateTimeOffset today = new(now.UtcDateTime.Date, TimeSpan.Zero);
        return new KeptTraffic(deployment, today.AddDays(-days), today, now, labelled);
    }
}

/// <summary>
/// Keeps rows of a deployment's traffic as a registered data set, so that an audit of what a model did in a month rests on
/// bytes with a digest, as any other.
/// </summary>
/// <remarks>
/// The model is asked anew about the rows: scores that were served are not kept. The same rows with the same labels are kept
/// once. Whoever may audit the deployment's model may keep its traffic; ids and whatever the reference data mark are masked
/// as in any data set.
/// </remarks>
public sealed class KeepTraffic(
    ReadTraffic traffic, DescribeDeployment describe, AdmitDataset admit, IDbContextFactory<GovernanceDb> contexts)
{
    private const int MostNames = 1_000;

    /// <summary>Keeps a window.</summary>
    /// <param name="actor">In whose name.</param>
    /// <param name="wish">Which rows.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="InputException">There is no such deployment, or no such row in the window.</exception>
    public async Task<RegisterDatasetOutcome> RunAsync(Actor actor, KeptTraffic wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wish);
        DeploymentColumns known = await describe.RunAsync(wish.Deployment, cancellationToken) ?? throw new InputException("There is no such deployment.");
        TrafficWindow window = await traffic.WindowAsync(wish.Deployment, wish.From, wish.To, null, wish.KnownBy, cancellationToken);
        string label = known.Columns.FirstOrDefault(column => column.Role == ColumnRole.Label)?.Name ?? known.Encoding?.Label?.Column ?? "label";
        TrafficRowsFile file = await Task.Run(() => TrafficRowsFile.Of(window, known.Columns, label, wish.Labelled), cancellationToken);
        if (file.Rows == 0)
        {
            throw new InputException(NothingSentence(window, wish));
        }

        (string stem, string environment, string? positive, string? favourable) = await NamesAsync(known.Deployment, wish, cancellationToken);
        (string name, Dataset? same) = await FreeAsync(stem, ArtifactDigest.Of(file.Bytes), cancellationToken);
        string title = Title(environment, wish, file, window.RowsErased);
        return same is not null ? new RegisterDatasetOutcome.Registered(same) : await admit.RunAsync(
            actor, name, title, file.Bytes, _ => file.Columns, file.HasLabels ? positive ?? known.Positive : null,
            file.HasLabels ? favourable : null, known.Deployment.Id, cancellationToken);
    }

    private static string NothingSentence(TrafficWindow window, KeptTraffic wish) => window.Rows > 0
        ? $"None of the {window.Rows:N0} rows {Between(wish)} has a label yet, so nothing can be measured against what came true."
        : window.RowsErased > 0 ? $"The rows {Between(wish)} are erased, because their time was over." : $"There is no row {Between(wish)}.";

    private static string Title(string environment, KeptTraffic wish, TrafficRowsFile file, long erased) => string.Create(
        CultureInfo.InvariantCulture,
        $"Traffic of {environment} {Between(wish)}: {file.Rows:N0} {(wish.Labelled ? "labelled rows" : "rows")}{(file.Unreadable > 0 ? $", {file.Unreadable:N0} unreadable cells left empty" : "")}{(erased > 0 ? $", {erased:N0} rows erased before" : "")}");

    private static string Between(KeptTraffic wish) => string.Create(
        CultureInfo.InvariantCulture, $"from {wish.From.UtcDateTime:yyyy-MM-dd} to {wish.To.UtcDateTime.AddTicks(-1):yyyy-MM-dd}");

    private async Task<(string Stem, string Environment, string? Positive, string? Favourable)> NamesAsync(
        Deployment deployment, KeptTraffic wish, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == deployment.Model, cancellationToken);
        DatasetId? id = deployment.Reference;
        Dataset? reference = id is null ? null : await db.Datasets.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        string days = string.Create(CultureInfo.InvariantCulture, $"-{wish.From.UtcDateTime:yyyyMMdd}-{wish.To.UtcDateTime.AddTicks(-1):yyyyMMdd}");
        string begin = $"{model.Name}-{deployment.Environment}";
        int room = NameRule.MaxLength - days.Length - 5; // and a number behind
        return ((begin.Length <= room ? begin : begin[..room]) + days, $"{model.Name} in {deployment.Environment}", reference?.Positive, reference?.Favourable);
    }

    // The same bytes under one of the names are the same data set; other bytes get the next number.
    private async Task<(string Name, Dataset? Same)> FreeAsync(string stem, ArtifactDigest digest, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<string, Dataset> taken = await db.Datasets.AsNoTracking().Where(row => row.Name.StartsWith(stem))
            .ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, cancellationToken);
        for (int number = 1; number <= MostNames; number++)
        {
            string name = number == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
            if (!taken.TryGetValue(name, out Dataset? other) || other.Digest == digest)
            {
                return (name, other);
            }
        }

        throw new InputException($"These days were kept {MostNames:N0} times, each time with other labels.");
    }
}
