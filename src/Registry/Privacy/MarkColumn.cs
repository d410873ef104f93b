using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Privacy;

/// <summary>Marks a column of a registered data set as personal, or as the one that says whose row it is.</summary>
public sealed class MarkColumn(AppendGate gate)
{
    /// <summary>Marks it; a developer or a compliance approver may.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="dataset">The data set's name.</param>
    /// <param name="column">As in its header.</param>
    /// <param name="kind">What it tells of a person.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<PrivacyOutcome> RunAsync(
        Actor actor, string dataset, string column, ColumnMarkKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<PrivacyOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            Dataset? row = await change.Db.Datasets.AsNoTracking().FirstOrDefaultAsync(each => each.Name == dataset, cancellationToken);
            if (row is null || (standing.Person is { } person && !DatasetQueries.MaySee(person)))
            {
                return new PrivacyOutcome.NotFound();
            }

            if (standing.Person is { } marker && !marker.Roles.Contains(Role.Developer) && !marker.Roles.Contains(Role.Approver))
            {
                return Refuse("no-right", "Only developers and compliance approvers mark columns.");
            }

            if ((await MarkedColumns.OfAsync(change.Db, row, cancellationToken)).FirstOrDefault(each => each.Name == column) is not { } found)
            {
                return Refuse("no-column", $"'{dataset}' has no column '{column}'.");
            }

            if (kind == ColumnMarkKind.Personal ? found.Personal : found.Subject)
            {
                return Refuse("no-change", $"The column '{column}' is marked so already.");
            }

            change.Add(new ColumnMark(row.Id, column, kind, actor.User, change.Now), "column.marked", row.Subject);
            return new PrivacyOutcome.Done();
        }, cancellationToken);
    }

    private static PrivacyOutcome.Refused Refuse(string code, string sentence) => new(new Refusal(code, sentence));
}

/// <summary>What came of a change about privacy.</summary>
public abstract record PrivacyOutcome
{
    private PrivacyOutcome()
    {
    }

    /// <summary>It is as asked.</summary>
    public sealed record Done : PrivacyOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : PrivacyOutcome;

    /// <summary>There is no such thing, or not for this person.</summary>
    public sealed record NotFound : PrivacyOutcome;
}
