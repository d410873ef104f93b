using Governance.Audit.Data;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Privacy;

namespace Governance.Audit.Privacy;

/// <summary>Removes one person's rows from all data sets: each is replaced by one without them, and its file destroyed.</summary>
public sealed class EraseSubject(FindSubject find, ReplaceDatasets replace)
{
    /// <summary>Erases.</summary>
    /// <param name="actor">An operator, not the one who asked.</param>
    /// <param name="request">The request.</param>
    /// <param name="person">Whom it is about; the digest must be that of the request.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    /// <exception cref="InputException">A rule forbids it, or there is no such request about this person.</exception>
    public async Task<IReadOnlyList<ReplacedDataset>> RunAsync(
        Actor actor, SubjectRequestId request, SubjectKey person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId user = actor.User ?? throw new InputException("A person erases, in their own name.");
        SubjectSearch search = await find.RunAsync(user, person, cancellationToken);
        ReplaceOutcome outcome = await replace.RunAsync(
            actor, request, search.Key, [.. search.Found.Select(found => Without(found, cancellationToken))], cancellationToken);
        return outcome switch
        {
            ReplaceOutcome.Done { Datasets: var datasets } => datasets,
            ReplaceOutcome.Refused { Reason.Sentence: var sentence } => throw new InputException(sentence),
            _ => throw new InputException(ExportSubject.NoSuchRequest),
        };
    }

    private static DatasetWithout Without(SubjectRows found, CancellationToken cancellationToken)
    {
        HashSet<int> gone = [.. found.Rows];
        int[] kept = [.. Enumerable.Range(0, found.Table.Rows).Where(row => !gone.Contains(row))];
        cancellationToken.ThrowIfCancellationRequested();
        return new DatasetWithout(found.Dataset, kept.Length == 0 ? null : RewriteRows.Run(found.Table.Take(kept), found.Dataset.Columns), gone.Count);
    }
}
