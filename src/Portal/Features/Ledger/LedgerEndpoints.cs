using System.Globalization;
using System.Text;
using Governance.Audit.Data;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Ledger;

/// <summary>Downloads of the ledger: what a person may see, as files that verify elsewhere.</summary>
internal static class LedgerEndpoints
{
    private const int MostRows = 10_000;

    /// <summary>Maps them; whose roles never read the ledger are refused here, what of it they see is judged by the queries.</summary>
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/ledger").RequireAuthorization(RightPolicies.SeeLedger);
        group.MapGet("/entries.csv", EntriesAsync);
        group.MapGet("/{sequence:long}/entry.tlog-proof", ProofAsync);
        group.MapGet("/{sequence:long}/leaf.json", LeafAsync);
        group.MapGet("/checkpoint.txt", CheckpointAsync);
        group.MapGet("/key.pem", KeyAsync);
        group.MapPost("/ledger.jsonl", ExportAsync).RequireStepUp(StepUpPurpose.Export); // a form post: it is written down
    }

    private static async Task<IResult> EntriesAsync([AsParameters] LedgerSearch search, HttpContext http, LedgerQueries ledger, CancellationToken cancellationToken)
    {
        using StringWriter text = new();
        CsvWriter csv = new(text);
        csv.Row("sequence", "at_utc", "actor", "action", "subject_kind", "subject", "scope_kind", "scope", "reason", "leaf_hash");
        foreach (TimelineLine line in await ledger.PageAsync(http.User.Id(), search.ToFilter(), search.Before, MostRows, cancellationToken))
        {
            LedgerEntry entry = line.Entry;
            csv.Row(
                entry.Sequence.ToString(CultureInfo.InvariantCulture), Microseconds.Iso(entry.At), line.ActorName, entry.Action, entry.SubjectKind,
                entry.SubjectId, entry.ScopeKind, entry.ScopeId, line.Reason, entry.Hash);
        }

        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", "ledger.csv");
    }

    private static async Task<IResult> ProofAsync(long sequence, HttpContext http, LedgerQueries ledger, LedgerProofs proofs, CancellationToken cancellationToken) =>
        await ledger.FindAsync(http.User.Id(), sequence, cancellationToken) is not null
        && await proofs.ProveAsync(sequence, cancellationToken) is TlogProof proof
            ? Results.File(Encoding.UTF8.GetBytes(proof.ToString()), "text/plain; charset=utf-8", $"entry-{sequence}.tlog-proof")
            : Results.NotFound();

    private static async Task<IResult> LeafAsync(long sequence, HttpContext http, LedgerQueries ledger, CancellationToken cancellationToken) =>
        await ledger.FindAsync(http.User.Id(), sequence, cancellationToken) is TimelineLine line
            ? Results.File(Encoding.UTF8.GetBytes(line.Entry.Leaf), "application/json", $"entry-{sequence}.json")
            : Results.NotFound();

    private static async Task<IResult> CheckpointAsync(CheckpointQueries checkpoints, CancellationToken cancellationToken) =>
        await checkpoints.LatestAsync(cancellationToken) is SignedCheckpoint last
            ? Results.File(Encoding.UTF8.GetBytes(last.Note), "text/plain; charset=utf-8", $"checkpoint-{last.Size}.txt")
            : Results.NotFound();

    private static async Task<IResult> KeyAsync(CheckpointQueries checkpoints, CancellationToken cancellationToken) =>
        (await checkpoints.KeysAsync(cancellationToken)).LastOrDefault(key => key.RetiredAt is null) is SigningKeyRecord key
            ? Results.File(Encoding.ASCII.GetBytes(key.Pem), "application/x-pem-file", $"governance-{key.Fingerprint.Hex[..16]}.pem")
            : Results.NotFound();

    // The field makes the framework demand the antiforgery token.
    private static async Task<IResult> ExportAsync(
        [FromForm] string? what, HttpContext http, RecordLedgerExport record, ExportLedger export, CancellationToken cancellationToken) =>
        what != "ledger" ? Results.BadRequest()
        : await record.RunAsync(http.User.Actor(), cancellationToken) is Refusal refusal ? Problems.Of(refusal)
        : Results.Stream(target => export.RunAsync(target, http.RequestAborted), "application/jsonl", "ledger.jsonl");
}
