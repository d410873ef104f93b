using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>A reviewer's answer on one case.</summary>
/// <param name="Data">The data set that the row is of.</param>
/// <param name="Row">Which row, from 0.</param>
/// <param name="Stratum">Why it was chosen.</param>
/// <param name="Decision">What the model decided.</param>
/// <param name="Agrees">Whether the reviewer agrees.</param>
/// <param name="Note">In their words; null or blank for nothing. Disagreeing needs one.</param>
public sealed record NewCase(ArtifactDigest Data, int Row, string Stratum, string Decision, bool Agrees, string? Note);

/// <summary>Records what a reviewer says of one case; once a case, reviewer and round.</summary>
public sealed class RecordCase(AppendGate gate)
{
    /// <summary>Records it, if the policy lets the person.</summary>
    /// <exception cref="ArgumentException">The actor is the system, or a word of the case is blank or too long.</exception>
    public Task<StatementOutcome> RunAsync(Actor actor, ModelVersionId version, NewCase said, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(said);
        UserId person = actor.User ?? throw new ArgumentException("A person reviews a case.", nameof(actor));
        return gate.RunAsync<StatementOutcome>(actor, async change =>
        {
            ModelVersion? row = await change.Db.Versions.FirstOrDefaultAsync(each => each.Id == version, cancellationToken);
            Model? model = row is null ? null : await change.Db.Models.FirstAsync(each => each.Id == row.Model, cancellationToken);
            Standing? standing = row is null ? null : await Standing.LoadAsync(change.Db, actor, model, row.Stage, cancellationToken);
            if (row is null || standing!.Visibility != ModelVisibility.Full)
            {
                return new StatementOutcome.NoSuchVersion();
            }

            VersionPeople people = await VersionPeople.LoadAsync(change.Db, row, cancellationToken);
            int round = row.Round;
            Refusal? refusal = StatementPolicy.RefusalForCase(row, people, standing)
                ?? (!said.Agrees && string.IsNullOrWhiteSpace(said.Note)
                    ? new Refusal("no-note", "Say why you disagree: the approver reads it.")
                : said.Note?.Trim().Length > PersonalText.MaxLength
                    ? new Refusal("too-long", $"A note has at most {PersonalText.MaxLength} characters.")
                : await change.Db.CaseReviews.AnyAsync(
                    each => each.Version == version && each.Round == round && each.By == person && each.Data == said.Data && each.Row == said.Row,
                    cancellationToken)
                    ? new Refusal("already-said", "You reviewed this case in this round already; what was said stands.")
                : null);
            if (refusal is not null)
            {
                return new StatementOutcome.Refused(refusal);
            }

            PersonalText? note = string.IsNullOrWhiteSpace(said.Note) ? null : PersonalText.Write(said.Note.Trim());
            change.Add(
                new CaseReview(
                    CaseReviewId.New(), version, row.Round, said.Data, said.Row, said.Stratum, said.Decision, said.Agrees, note?.Digest, person, change.Now),
                "case.reviewed", row.Subject, note);
            row.Touch();
            return new StatementOutcome.Recorded();
        }, cancellationToken);
    }
}
