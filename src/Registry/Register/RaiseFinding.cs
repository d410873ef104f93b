using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Register;

/// <summary>A finding that a reviewer wants to raise.</summary>
/// <param name="Title">What it says, in 1 to 300 characters; not personal.</param>
/// <param name="Details">More; null or blank for nothing.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Owner">Who answers for it; null for the model's owner.</param>
/// <param name="DueAt">Until when; null for no date.</param>
/// <param name="Key">The measured finding or the line of the checklist that it is about; null for none.</param>
public sealed record NewFinding(string? Title, string? Details, Severity Severity, UserId? Owner, DateTimeOffset? DueAt, string? Key = null);

/// <summary>Raises a finding on a version.</summary>
/// <remarks>A decision that was taken without having seen it is void from then on.</remarks>
public sealed class RaiseFinding(AppendGate gate)
{
    /// <summary>The cause of the move when a finding comes after the decision.</summary>
    public const string VoidCause = "A finding was raised after the decision, which was taken without having seen it.";

    /// <summary>Raises it, if the policy lets the person.</summary>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<RegisterOutcome> RunAsync(Actor actor, ModelVersionId version, NewFinding wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        UserId person = actor.User ?? throw new ArgumentException("A person raises a finding.", nameof(actor));
        return gate.RunAsync<RegisterOutcome>(actor, async change =>
        {
            ModelVersion? row = await change.Db.Versions.FirstOrDefaultAsync(each => each.Id == version, cancellationToken);
            Model? model = row is null ? null : await change.Db.Models.FirstAsync(each => each.Id == row.Model, cancellationToken);
            Standing? standing = row is null ? null : await Standing.LoadAsync(change.Db, actor, model, row.Stage, cancellationToken);
            if (row is null || standing!.Visibility != ModelVisibility.Full)
            {
                return new RegisterOutcome.NotFound();
            }

            VersionPeople people = await VersionPeople.LoadAsync(change.Db, row, cancellationToken);
            if ((RegisterPolicy.RefusalForRaising(row.Stage, people, standing) ?? await RefusalOfWordsAsync(change, wanted, cancellationToken)) is Refusal refusal)
            {
                return new RegisterOutcome.Refused(refusal);
            }

            PersonalText? details = string.IsNullOrWhiteSpace(wanted.Details) ? null : PersonalText.Write(wanted.Details.Trim());
            RegisterFinding finding = new(
                RegisterFindingId.New(), version, row.Round, FindingSource.Review, wanted.Key, wanted.Severity, wanted.Title!.Trim(), details?.Digest,
                wanted.Owner ?? model!.Owner, wanted.DueAt is DateTimeOffset due ? Microseconds.Truncate(due) : null, null, person, change.Now);
            change.Add(finding, "finding.raised", row.Subject, details);
            if (row.Stage.IsApproved())
            {
                await StageMoves.ApplyAsync(change, row, Stage.Voided, bySystem: true, VoidCause, null, cancellationToken);
            }
            else
            {
                row.Touch();
            }

            return new RegisterOutcome.Recorded(new RegisterEntry(finding, []));
        }, cancellationToken);
    }

    private static async Task<Refusal?> RefusalOfWordsAsync(RegistryChange change, NewFinding wanted, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(wanted.Title) || wanted.Title.Trim().Length > RegisterFinding.MaxTitleLength
            ? new Refusal("no-title", $"Say in 1 to {RegisterFinding.MaxTitleLength} characters what was found.")
        : wanted.Details?.Trim().Length > PersonalText.MaxLength
            ? new Refusal("too-long", $"The details have at most {PersonalText.MaxLength} characters.")
        : wanted.DueAt <= change.Now
            ? new Refusal("late-date", "A finding is due on a day to come.")
        : wanted.Owner is UserId owner && !await change.Db.Users.AnyAsync(user => user.Id == owner.Value && !user.Deactivated, cancellationToken)
            ? new Refusal("no-owner", "The owner of a finding is a person with an account.")
        : null;
}
