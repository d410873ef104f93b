using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Datasets;

/// <summary>A data set to put on record. Whoever calls has read the CSV and knows its rows and columns.</summary>
/// <param name="Name">Unique; keeps <see cref="NameRule"/>.</param>
/// <param name="Title">What people call it, with its source.</param>
/// <param name="Content">The CSV; read once to its end.</param>
/// <param name="SizeLimit">The most bytes accepted of it.</param>
/// <param name="Rows">How many, without the header.</param>
/// <param name="Columns">In the order of the header.</param>
/// <param name="Positive">The class that rates and scores refer to; null where there is no label.</param>
/// <param name="Favourable">The outcome that a person wants; null where there is no label.</param>
public sealed record NewDataset(
    string Name, string Title, Stream Content, long SizeLimit, long Rows, IReadOnlyList<DatasetColumn> Columns,
    string? Positive, string? Favourable)
{
    /// <summary>The deployment whose traffic the rows are; null for rows that somebody brings.</summary>
    public DeploymentId? TrafficOf { get; init; }
}

/// <summary>Puts a data set on record.</summary>
public sealed class RegisterDataset(AppendGate gate, ArtifactStore store, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Stores the CSV, then registers in one transaction; a developer may, and whoever audits a deployed model its traffic.</summary>
    /// <exception cref="ArtifactTooLargeException">The CSV passes its limit; nothing is kept.</exception>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public async Task<RegisterDatasetOutcome> RunAsync(
        Actor actor, NewDataset dataset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(dataset);
        UserId person = actor.User ?? throw new ArgumentException("A person registers a data set.", nameof(actor));
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await RefusalForAsync(db, actor, dataset, cancellationToken) is Refusal early)
            {
                return new RegisterDatasetOutcome.Refused(early);
            }
        }

        StoredArtifact content = await store.WriteAsync(
            dataset.Content, ArtifactKind.Dataset, dataset.SizeLimit, cancellationToken);
        return await gate.RunAsync<RegisterDatasetOutcome>(actor, async change =>
        {
            if (await RefusalForAsync(change.Db, actor, dataset, cancellationToken) is Refusal refusal)
            {
                return new RegisterDatasetOutcome.Refused(refusal);
            }

            Dataset row = new(
                DatasetId.New(), dataset.Name, dataset.Title.Trim(), content.Digest, dataset.Rows, dataset.Columns,
                dataset.Positive, dataset.Favourable, person, change.Now);
            await ArtifactRows.AddAsync(change, content, row.Subject, cancellationToken);
            change.Add(row, "dataset.registered", row.Subject);
            return new RegisterDatasetOutcome.Registered(row);
        }, cancellationToken);
    }

    private static async Task<Refusal?> RefusalForAsync(
        GovernanceDb db, Actor actor, NewDataset dataset, CancellationToken cancellationToken)
    {
        return await NoRightAsync(db, actor, dataset, cancellationToken) is Refusal noRight ? noRight
            : !NameRule.Fits(dataset.Name) ? new Refusal("bad-name", NameRule.Sentence)
            : string.IsNullOrWhiteSpace(dataset.Title) || dataset.Title.Trim().Length > Dataset.MaxTitleLength
            ? new Refusal("bad-title", $"A title has 1 to {Dataset.MaxTitleLength} characters.")
            : dataset.Columns.Count is 0 or > Dataset.MaxColumns
                || dataset.Columns.DistinctBy(column => column.Name).Count() != dataset.Columns.Count
            ? new Refusal("bad-columns", $"A data set has 1 to {Dataset.MaxColumns:N0} columns of different names.")
            : dataset.Columns.Count(column => column.Role == ColumnRole.Label) > 1
            ? new Refusal("two-labels", "A data set has at most one label column.")
            : await db.Datasets.AnyAsync(row => row.Name == dataset.Name, cancellationToken)
            ? new Refusal("taken", "There is a data set of this name already. Choose another name.")
            : null;
    }

    private static async Task<Refusal?> NoRightAsync(GovernanceDb db, Actor actor, NewDataset dataset, CancellationToken cancellationToken)
    {
        if (dataset.TrafficOf is DeploymentId id)
        {
            Model model = await (from deployment in db.Deployments
                                 join row in db.Models on deployment.Model equals row.Id
                                 where deployment.Id == id
                                 select row).FirstAsync(cancellationToken);
            return (await Standing.LoadAsync(db, actor, model, cancellationToken)).RefusalFor(Right.RunAudit);
        }

        return (await Standing.LoadAsync(db, actor, null, cancellationToken)).Person!.Roles.Contains(Role.Developer) ? null
            : new Refusal("no-right", "Only developers register data sets. Ask an administrator for the role.");
    }
}

/// <summary>What came of a registration.</summary>
public abstract record RegisterDatasetOutcome
{
    private RegisterDatasetOutcome()
    {
    }

    /// <summary>It is on record.</summary>
    public sealed record Registered(Dataset Dataset) : RegisterDatasetOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : RegisterDatasetOutcome;
}
