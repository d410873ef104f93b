using Governance.Registry.Access;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Versions;

/// <summary>Who had a hand in a version, over all its rounds: what the rule of different persons looks at.</summary>
/// <param name="Author">Who built it.</param>
/// <param name="Submitters">Who ever submitted it.</param>
/// <param name="Reviewers">Who ever reviewed it.</param>
/// <param name="Deciders">Who ever decided on it.</param>
public sealed record VersionPeople(
    UserId Author, IReadOnlySet<UserId> Submitters, IReadOnlySet<UserId> Reviewers, IReadOnlySet<UserId> Deciders)
{
    /// <summary>Gathers them from a version's moves and sign-offs.</summary>
    public static VersionPeople Of(ModelVersion version, IEnumerable<StageMove> moves, IEnumerable<SignOff> signOffs)
    {
        ArgumentNullException.ThrowIfNull(version);
        SignOff[] all = [.. signOffs];
        return new VersionPeople(
            version.Author,
            moves.Where(move => move.To == Stage.InReview && move.By is not null).Select(move => move.By!.Value).ToHashSet(),
            all.Where(s => s.Kind == SignOffKind.Review).Select(s => s.Person).ToHashSet(),
            all.Where(s => s.Kind == SignOffKind.Decision).Select(s => s.Person).ToHashSet());
    }

    internal static async Task<VersionPeople> LoadAsync(
        GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        StageMove[] moves = await db.StageMoves.AsNoTracking().Where(m => m.Version == id).ToArrayAsync(cancellationToken);
        SignOff[] signOffs = await db.SignOffs.AsNoTracking().Where(s => s.Version == id).ToArrayAsync(cancellationToken);
        return Of(version, moves, signOffs);
    }
}
