using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Versions;

/// <summary>Carries out a move that a policy allowed: the version, the move's row and the ledger together.</summary>
internal static class StageMoves
{
    /// <param name="change">The change under way.</param>
    /// <param name="version">Tracked by its context.</param>
    /// <param name="to">Where to.</param>
    /// <param name="bySystem">A rule moved it, not the person.</param>
    /// <param name="cause">In our words.</param>
    /// <param name="reason">In the person's words; stored with the move.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<StageMove> ApplyAsync(
        RegistryChange change, ModelVersion version, Stage to, bool bySystem, string cause, PersonalText? reason,
        CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        int number = await change.Db.StageMoves.CountAsync(move => move.Version == id, cancellationToken) + 1;
        StageMove move = new(
            StageMoveId.New(), id, number, version.Stage, to, bySystem ? null : change.Actor.User, change.Now, cause,
            reason?.Digest);
        version.MoveTo(to, change.Actor.User);
        change.Add(move, "version." + Participle(move), version.Subject, reason);
        return move;
    }

    private static string Participle(StageMove move) => move.To switch
    {
        Stage.Draft => "withdrawn",
        Stage.InReview => "submitted",
        Stage.ChangesRequested => "changes-requested",
        Stage.Approved => "approved",
        Stage.ApprovedWithConditions => "approved-with-conditions",
        Stage.Rejected => "rejected",
        Stage.Suspended => "suspended",
        Stage.Expired => "expired",
        Stage.Voided => "voided",
        Stage.Retired => "retired",
        _ => throw new ArgumentOutOfRangeException(nameof(move), move.To, null),
    };
}
