using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Privacy;

/// <summary>One person's rows in one data set. Rows and table stay in memory: pages and commands show counts and digests.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Columns">Its columns with all their marks.</param>
/// <param name="Table">All its rows.</param>
/// <param name="Rows">Which of them are the person's, from 0.</param>
/// <param name="Digests">Their keyed digests.</param>
/// <param name="Evidence">Sealed evidence that explains some of them.</param>
/// <param name="Reads">Looks at them that the log holds.</param>
public sealed record SubjectRows(
    Dataset Dataset, IReadOnlyList<DatasetColumn> Columns, Table Table, IReadOnlyList<int> Rows, IReadOnlyList<string> Digests,
    IReadOnlyList<EvidenceRecord> Evidence, int Reads);

/// <summary>What came of looking for a person.</summary>
/// <param name="Key">The keyed digest of what names them.</param>
/// <param name="Found">The data sets that hold rows of them.</param>
/// <param name="Searched">How many data sets say whose rows they hold by the columns given.</param>
/// <param name="NotSearched">The names of the others: without such columns, or by columns that were not given.</param>
public sealed record SubjectSearch(
    FactDigest Key, IReadOnlyList<SubjectRows> Found, int Searched, IReadOnlyList<string> NotSearched);

/// <summary>Looks for one person's rows in all data sets, and for what was done with them.</summary>
/// <remarks>
/// There is no index of persons, neither in the clear nor of digests: it would be one more copy of who is in the data.
/// Every data set that says whose its rows are is read instead.
/// </remarks>
public sealed class FindSubject(
    IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, PrivacyKey key, RowReadQueries reads, SubjectRequests requests)
{
    /// <summary>Looks; a compliance approver, a reviewer or an operator may.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="person">Whom for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A rule forbids it, or a data set cannot be read.</exception>
    public async Task<SubjectSearch> RunAsync(UserId viewer, SubjectKey person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (await requests.RefusalForFindingAsync(viewer, cancellationToken) is Refusal refusal)
        {
            throw new InputException(refusal.Sentence);
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<SubjectRows> found = [];
        List<string> not = [];
        int searched = 0;
        foreach (Dataset dataset in await db.Datasets.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken))
        {
            IReadOnlyList<DatasetColumn> columns = await MarkedColumns.OfAsync(db, dataset, cancellationToken);
            if (await ErasedDataset.SentenceAsync(db, dataset, cancellationToken) is not null)
            {
                continue; // its rows are gone
            }

            if (!person.Fits(columns))
            {
                not.Add(dataset.Name);
                continue;
            }

            searched++;
            byte[] bytes = await store.ReadAsync(dataset.Digest, cancellationToken);
            Table table = await Task.Run(() => ReadDataset.Run(new MemoryStream(bytes, writable: false), dataset.Columns, cancellationToken), cancellationToken);
            int[] rows = person.Rows(table, columns);
            if (rows.Length > 0)
            {
                found.Add(await WithTracesAsync(db, dataset, columns, table, rows, cancellationToken));
            }
        }

        return new SubjectSearch(await person.DigestAsync(key, cancellationToken), found, searched, not);
    }

    private async Task<SubjectRows> WithTracesAsync(
        GovernanceDb db, Dataset dataset, IReadOnlyList<DatasetColumn> columns, Table table, int[] rows, CancellationToken cancellationToken)
    {
        List<string> digests = [];
        foreach (int row in rows)
        {
            digests.Add(await key.OfRowAsync(dataset.Digest, row, cancellationToken));
        }

        List<EvidenceRecord> evidence = [];
        List<string> lists = [];
        foreach (EvidenceRecord record in await db.Evidence.AsNoTracking().OrderBy(each => each.SealedAt).ToListAsync(cancellationToken))
        {
            int[] explained = await ExplainedAsync(record, dataset.Digest, cancellationToken);
            if (explained.Intersect(rows).Any())
            {
                evidence.Add(record);
                lists.Add(await key.OfAsync(RowLook.ListOf(dataset.Digest, explained), cancellationToken));
            }
        }

        return new SubjectRows(dataset, columns, table, rows, digests, evidence, await reads.CountAsync([.. digests, .. lists.Distinct()], cancellationToken));
    }

    private async Task<int[]> ExplainedAsync(EvidenceRecord record, ArtifactDigest dataset, CancellationToken cancellationToken)
    {
        byte[] bytes = await store.ReadAsync(record.Findings, cancellationToken);
        FindingsDocument? document = JsonSerializer.Deserialize<FindingsDocument>(bytes, ReportJson.Options);
        return document?.Explanation is { } report && document.Data.Any(data => data.Role == "evaluation" && data.Digest == dataset.Hex)
            ? [.. report.Rows.Select(row => row.Row).Distinct()] : [];
    }
}
