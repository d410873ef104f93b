using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Privacy;

namespace Governance.Audit.Privacy;

/// <summary>Hands out a copy of one person's rows, for that person: at the request of one, by another, each row written down.</summary>
public sealed class ExportSubject(FindSubject find, SubjectRequests requests, RecordRowReads reads, TimeProvider clock)
{
    /// <summary>Makes the copy and closes the request.</summary>
    /// <param name="actor">A reviewer whose grant names personal rows, not the one who asked.</param>
    /// <param name="request">The request.</param>
    /// <param name="person">Whom it is about; the digest must be that of the request.</param>
    /// <param name="cancellationToken">Ends it, and nothing is handed out.</param>
    /// <returns>JSON of schema <c>governance/subject-export/1</c>.</returns>
    /// <exception cref="InputException">A rule forbids it, or there is no such request about this person.</exception>
    public async Task<byte[]> RunAsync(Actor actor, SubjectRequestId request, SubjectKey person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId user = actor.User ?? throw new InputException("A person exports, in their own name.");
        SubjectSearch search = await find.RunAsync(user, person, cancellationToken);
        (SubjectRequest? open, Refusal? refusal) = await requests.JudgeAsync(user, request, SubjectRequestKind.Export, search.Key, cancellationToken);
        if (open is null || refusal is not null)
        {
            throw new InputException(refusal?.Sentence ?? NoSuchRequest);
        }

        foreach (SubjectRows rows in search.Found)
        {
            await reads.RunAsync(
                user, new RowLook(null, rows.Dataset.Id, rows.Dataset.Digest, rows.Rows, ReadPurpose.Export, ReadKind.Subject, Unmasked: true), cancellationToken);
        }

        PrivacyOutcome outcome = await requests.ExportedAsync(actor, request, search.Key, cancellationToken);
        return outcome is PrivacyOutcome.Done ? Write(search, request)
            : throw new InputException(outcome is PrivacyOutcome.Refused { Reason.Sentence: var sentence } ? sentence : NoSuchRequest);
    }

    /// <summary>Said where the request and the person do not belong together.</summary>
    internal const string NoSuchRequest = "There is no such request about this person: the columns and values must be those it was made with.";

    private static readonly JsonSerializerOptions Indented = new(ReportJson.Options) { WriteIndented = true };

    private byte[] Write(SubjectSearch search, SubjectRequestId request)
    {
        JsonArray datasets = [];
        foreach (SubjectRows found in search.Found)
        {
            JsonArray rows = [];
            foreach (int row in found.Rows)
            {
                JsonObject cells = [];
                foreach (Column column in found.Table.Columns)
                {
                    cells[column.Name] = column.IsMissing(row) ? null : column is NumberColumn ? column.Number(row) : column.Text(row);
                }

                rows.Add((JsonNode)cells);
            }

            datasets.Add((JsonNode)new JsonObject
            {
                ["name"] = found.Dataset.Name,
                ["title"] = found.Dataset.Title,
                ["rows"] = rows,
                ["explainedIn"] = new JsonArray([.. found.Evidence.Select(record => (JsonNode)record.Findings.Hex)]),
                ["looks"] = found.Reads,
            });
        }

        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["schema"] = "governance/subject-export/1",
                ["request"] = request.ToString(),
                ["made"] = clock.GetUtcNow().UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["datasets"] = datasets,
                ["notSearched"] = new JsonArray([.. search.NotSearched.Select(name => (JsonNode)name)]),
            },
            Indented);
    }
}
