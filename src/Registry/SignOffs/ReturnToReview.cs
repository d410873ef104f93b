using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>Does to an approved version what the policy says of an event: back to review as a new round, void, or a notice alone.</summary>
/// <remarks>
/// The hook for whoever watches versions: drift monitors, incident reports. A version that is not approved stays where it is.
/// What the policy does not speak of leads back to review: that is the careful end.
/// </remarks>
public sealed class ReturnToReview(AppendGate gate)
{
    /// <summary>Moves it, if the policy in force says so.</summary>
    /// <param name="version">Which version.</param>
    /// <param name="trigger">What happened.</param>
    /// <param name="sentence">The same in words, shown in its history; longer ones are cut at 200 characters.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The move; null where the version is not approved, or the policy asks for a notice alone.</returns>
    public Task<StageMove?> RunAsync(ModelVersionId version, TriggerEvent trigger, string sentence, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sentence);
        string cause = $"{WordOf(trigger)}: {sentence}";
        return gate.RunAsync(Actor.System, async change =>
        {
            ModelVersion? row = await change.Db.Versions.FirstOrDefaultAsync(each => each.Id == version, cancellationToken);
            if (row is null || !row.Stage.IsApproved())
            {
                return null;
            }

            Model model = await change.Db.Models.FirstAsync(each => each.Id == row.Model, cancellationToken);
            TriggerEffect effect = (await PackInForce.OfAsync(change.Db, model, cancellationToken)).Triggers
                .FirstOrDefault(each => each.On == trigger)?.Then ?? TriggerEffect.Review;
            return effect == TriggerEffect.Notice ? null : await StageMoves.ApplyAsync(
                change, row, effect.TargetStage()!.Value, bySystem: true,
                cause.Length <= StageMove.MaxCauseLength ? cause : cause[..(StageMove.MaxCauseLength - 1)] + "…", null, cancellationToken);
        }, cancellationToken);
    }

    private static string WordOf(TriggerEvent trigger) => trigger switch
    {
        TriggerEvent.CoveredPartChanged => "Data changed",
        TriggerEvent.EvidenceExpired => "Evidence expired",
        TriggerEvent.ReviewDue => "Review due",
        TriggerEvent.GateBreached => "New breach",
        TriggerEvent.DriftCritical => "Drift alert",
        TriggerEvent.PolicyChanged => "Policy changed",
        TriggerEvent.ConditionOverdue => "Condition overdue",
        TriggerEvent.Incident => "Incident",
        TriggerEvent.CriticalAlert => "Critical alert",
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, null),
    };
}
