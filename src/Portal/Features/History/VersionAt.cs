using Governance.Portal.Features.Versions;
using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.History;

/// <summary>What stood of a version at a moment, from the facts that were on record by then. Pure.</summary>
public sealed record VersionAt
{
    /// <summary>The moment, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the version was registered by then.</summary>
    public required bool Existed { get; init; }

    /// <summary>Its stage then; Draft before it moved.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The move that brought it there, with who made it; null before the first.</summary>
    public (StageMove Move, string Person)? Move { get; init; }

    /// <summary>Evidence sealed by then, the latest first.</summary>
    public required IReadOnlyList<EvidenceRecord> Evidence { get; init; }

    /// <summary>The decision that its stage stood on then; null where nobody had decided in that round.</summary>
    public SignOffView? Decision { get; init; }

    /// <summary>Reviews and decisions of the round that ran then, the latest first.</summary>
    public required IReadOnlyList<SignOffView> SignOffs { get; init; }

    /// <summary>What answered for the model then, whichever version; the champion first.</summary>
    public required IReadOnlyList<DeploymentView> Live { get; init; }

    /// <summary>Looks at facts as they stood.</summary>
    /// <param name="view">The version with all its facts.</param>
    /// <param name="deployments">All deployments of its model, those that ended too.</param>
    /// <param name="approved">Whether a version of the model was approved at the moment.</param>
    /// <param name="at">The moment, inclusive: what was recorded at it counts.</param>
    public static VersionAt Of(VersionView view, IEnumerable<DeploymentView> deployments, Func<ModelVersionId, bool> approved, DateTimeOffset at)
    {
        (StageMove Move, string Person)[] moves = [.. view.Moves.Where(move => move.Move.At <= at)];
        int round = moves.Count(move => move.Move.To == Stage.InReview);
        SignOffView[] signed = [.. view.SignOffs.Where(signOff => signOff.SignOff.At <= at && signOff.SignOff.Round == round)];
        return new VersionAt
        {
            At = at,
            Existed = view.Version.RegisteredAt <= at,
            Stage = moves.Length == 0 ? Stage.Draft : moves[^1].Move.To,
            Move = moves.Length == 0 ? null : moves[^1],
            Evidence = [.. view.Evidence.Where(record => record.SealedAt <= at)],
            Decision = signed.FirstOrDefault(signOff => signOff.SignOff.Kind == SignOffKind.Decision),
            SignOffs = signed,
            Live = [.. deployments.Where(each => each.Deployment.From <= at && !(each.To <= at) && approved(each.Deployment.Version)).OrderBy(each => each.Deployment.Role)],
        };
    }

    /// <summary>The stage that moves lead to at a moment.</summary>
    /// <param name="moves">One version's.</param>
    /// <param name="at">The moment, inclusive.</param>
    public static Stage StageAt(IEnumerable<StageMove> moves, DateTimeOffset at) =>
        moves.Where(move => move.At <= at).OrderBy(move => move.Number).LastOrDefault()?.To ?? Stage.Draft;

    /// <summary>The moment that an address asks for: the end of a day, or a time of day; UTC.</summary>
    /// <param name="text">"2026-03-01" or "2026-03-01T12:30"; null or blank for none.</param>
    /// <returns>Null where it is neither.</returns>
    public static DateTimeOffset? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out DateOnly day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(1).AddTicks(-10)
        : DateTime.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF"], System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None, out DateTime moment)
            ? new DateTimeOffset(moment, TimeSpan.Zero)
        : null;
}
